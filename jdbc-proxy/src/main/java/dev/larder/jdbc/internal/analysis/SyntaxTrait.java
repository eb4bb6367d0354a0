package dev.larder.jdbc.internal.analysis;

/** The ways in which products read SQL text differently that matter to what a text does. */
public enum SyntaxTrait {

  // How a text is cut into tokens.

  /** {@code "x"} is a string or a name, as a setting of the session says. */
  DOUBLE_QUOTED_STRINGS,

  /** What is quoted by backticks is folded as if it were not quoted. */
  BACKTICKS_FOLD,

  /** {@code #}, {@code @} and the backtick are parts of operators. */
  OPERATORS_OF_SIGNS,

  /** {@code #} begins a comment. */
  HASH_COMMENTS,

  /** {@code #} may be part of a name. */
  HASHES_IN_NAMES,

  /** {@code //} begins a comment. */
  SLASH_COMMENTS,

  /** {@code --} begins a comment only before white space. */
  DASHES_NEED_SPACE,

  /** A carriage return alone ends a comment. */
  CARRIAGE_RETURN_ENDS_LINE,

  /** Block comments nest. */
  NESTED_COMMENTS,

  /** What {@code /*!} encloses is code. */
  EXECUTABLE_COMMENTS,

  /** What {@code /*M!} encloses is code. */
  EXECUTABLE_M_COMMENTS,

  /** {@code /*+ SET_VAR(...) *}{@code /} sets a variable for one statement. */
  HINTS_SET_VARIABLES,

  /** A name may begin with a digit. */
  NAMES_BEGIN_WITH_DIGITS,

  /** {@code 1_000} is a number. */
  DIGIT_SEPARATORS,

  /** Control characters and the space characters outside ASCII are white space. */
  WIDER_WHITE_SPACE,

  /** Strings that only white space with a line break parts are one string. */
  STRINGS_JOIN_ACROSS_LINES,

  /** {@code E'...'} is a string with backslashes that escape. */
  ESCAPE_STRINGS,

  /** {@code U&'...'} is a string, and {@code U&"..."} a name. */
  UNICODE_QUOTATIONS,

  /** {@code _utf8'...'} is one string. */
  CHARACTER_SET_INTRODUCERS,

  /** {@code $$...$$} is a string, and {@code $1} a parameter of a body. */
  DOLLAR_QUOTES,

  /** {@code $tag$...$tag$} is a string too. */
  DOLLAR_TAGS,

  /** A name may begin with a dollar sign. */
  NAMES_BEGIN_WITH_DOLLARS,

  /** {@code ??} stands for an operator with one question mark, and {@code ?1} is no parameter. */
  DOUBLED_QUESTION_MARKS,

  /** {@code ?1} is a parameter with a number. */
  NUMBERED_PARAMETERS,

  // What makes two texts one.

  /** An unnamed column is labelled with its expression as the text spells it. */
  LABELS_ECHO_TEXT,

  /** Labels do not tell in which case the text spells a keyword or a name. */
  LABELS_FOLD,

  // What names and words mean.

  /** A literal such as {@code 'now'} may stand for the current time. */
  CURRENT_TIME_LITERALS,

  /** A time of day becomes one of the current date where a date or time-stamp is needed. */
  TIMES_TAKE_CURRENT_DATE,

  /** Rows have columns beside those that are declared, such as {@code ctid}. */
  SYSTEM_COLUMNS,

  /** {@code s.nextval} moves a sequence. */
  SEQUENCE_MEMBERS,

  /** {@code b.f} is {@code f(b)} where there is no such column. */
  ATTRIBUTES_ARE_CALLS,

  /** {@code user} without parentheses may be a column. */
  USER_MAY_BE_COLUMN,

  /** {@code sysdate} and its like are functions without parentheses. */
  BARE_SYSDATE,

  /** A list after {@code KEY}, {@code PARTITION}, {@code INDEX} or {@code DIV} makes no call. */
  LISTS_AFTER_KEYWORDS,

  /** {@code USE INDEX (...)} and {@code STRAIGHT_JOIN} tell how to run a query. */
  INDEX_HINTS,

  /** {@code MOD}, {@code BINARY} and {@code SOUNDS LIKE} are operators, {@code ||} may be OR. */
  WORD_OPERATORS,

  /** {@code SET a.b = ...} in an UPDATE assigns to a field of a column's value. */
  FIELDS_ARE_ASSIGNED,

  /** {@code ARRAY_CONTAINS(array, value)} is built in. */
  ARRAY_CONTAINS,

  // What statements do.

  /** A transaction that is SERIALIZABLE, READ ONLY and DEFERRABLE waits for a safe snapshot. */
  DEFERRABLE_TRANSACTIONS,

  /** CALL runs a function or procedure, which commits only by words that its body is read for. */
  CALLS_ARE_READ,

  /** UPDATE and DELETE may change several tables. */
  MULTI_TABLE_CHANGES,

  /** INSERT may have several targets. */
  MULTI_TABLE_INSERTS,

  /** REPLACE deletes and inserts, and never updates. */
  REPLACE_NEVER_UPDATES,

  /** A statement may hold others between {@code IF}, {@code LOOP} and their like. */
  COMPOUND_STATEMENTS,

  /** {@code SELECT ... INTO} assigns to variables, and never makes a table. */
  SELECT_INTO_VARIABLES,

  /** A definition, TRUNCATE and what is like them commit what is open. */
  DEFINITIONS_COMMIT,

  /** {@code CREATE TEMPORARY TABLE} changes nothing that others see, and commits nothing. */
  PRIVATE_TEMPORARY_TABLES,

  /** {@code DROP TEMPORARY} is known to drop nothing else, and commits nothing. */
  DROP_TEMPORARY,

  /** {@code LOCK} locks tables until the transaction ends. */
  LOCK_ENDS_WITH_TRANSACTION,

  /** {@code DO} runs a block. */
  ANONYMOUS_BLOCKS,

  /** {@code LOAD} loads a library. */
  LOADS_LIBRARIES,

  /** {@code EXPLAIN (...)} takes options. */
  EXPLAIN_OPTIONS_IN_PARENTHESES,

  /** {@code ANALYZE} before a statement runs it. */
  ANALYZE_RUNS,

  /** {@code DECLARE ... CURSOR FOR} runs a query outside routines. */
  SQL_CURSORS,

  /** {@code COMMIT TRANSACTION x} and {@code PREPARE COMMIT x} name a prepared transaction. */
  COMMIT_TRANSACTION_NAMES,

  /** {@code START TRANSACTION WITH CONSISTENT SNAPSHOT} fixes a snapshot before the first read. */
  CONSISTENT_SNAPSHOTS
}
