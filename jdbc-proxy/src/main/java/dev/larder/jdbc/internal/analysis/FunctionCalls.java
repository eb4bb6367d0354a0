package dev.larder.jdbc.internal.analysis;

import static dev.larder.jdbc.internal.analysis.TokenRange.NONE;

import dev.larder.jdbc.BypassReason;

/**
 * The part of the scan that tells a function's call from other names, with and without parentheses.
 * Used by one thread, once.
 */
final class FunctionCalls {

  private final TokenRange range;
  private final Tokens tokens;
  private final SqlSyntax syntax;
  private final Frames frames;
  private final ScannedNames.Builder names;

  FunctionCalls(TokenRange range, Frames frames, ScannedNames.Builder names) {
    this.range = range;
    this.tokens = range.tokens;
    this.syntax = range.syntax;
    this.frames = frames;
    this.names = names;
  }

  /** The index after NEXT VALUE FOR and its like at {@code i}, or NONE where it is no such word. */
  int read(int i, String word) {
    return switch (word) {
      case "NEXT", "PREVIOUS", "CURRENT" -> {
        if (!range.word(i + 1).equals("VALUE") || !range.word(i + 2).equals("FOR")) {
          yield NONE;
        }
        names.function(ObjectName.of(word.equals("NEXT") ? "nextval" : "currval"));
        yield i + 3;
      }
      default -> NONE;
    };
  }

  /**
   * The index after the parenthesis that follows the name from {@code i} to {@code end}, or NONE
   * where none does.
   */
  int call(int i, int end) {
    if (!range.is(end, '(')) {
      return NONE;
    }
    String single = end - 1 == i ? range.word(i) : "";
    Frame frame = frames.current();
    if (frame.position().expectsTable()) {
      names.valueIsTable();
    }
    boolean escaped = EscapeClauses.isCall(tokens, i);
    if (escaped || isCall(i, single)) {
      called(i, end, escaped);
      frame.tableRead();
      frames.open(Frame.Content.ARGUMENTS);
      return end + 1;
    }
    if (single.equals("DEFAULT")) {
      // What would be given to the column now: a time, or a sequence's next.
      names.obstacle(BypassReason.NON_DETERMINISTIC_CONSTRUCT, "a column's DEFAULT");
    }
    boolean reserved = Vocabulary.NOT_FUNCTIONS.contains(single);
    if (!reserved) {
      frame.expressionRead();
    }
    frames.open(content(single, reserved));
    return end + 1;
  }

  private void called(int i, int end, boolean escaped) {
    if (escaped && end == i + 1) {
      names.escaped(ObjectName.of(EscapeClauses.function(syntax, tokens.part(i))));
      return;
    }
    ObjectName name = tokens.name(i);
    boolean folds = tokens.kind(end - 1) == Tokens.WORD;
    names.function(
        folds ? new ObjectName(name.catalog(), name.schema(), Tokens.lower(name.name())) : name);
  }

  private static Frame.Content content(String before, boolean reserved) {
    if (before.equals("CAST")) {
      return Frame.Content.ARGUMENTS;
    }
    return reserved || before.equals("OVER") ? Frame.Content.PLAIN : Frame.Content.COLUMNS;
  }

  /** Takes in the name from {@code i} to {@code end}, which is followed by no parenthesis. */
  void name(int i, int end) {
    int last = end - 1;
    String lastWord = range.word(last);
    if (lastWord.isEmpty()) {
      return;
    }
    if (syntax.mayHave(SyntaxTrait.SEQUENCE_MEMBERS)
        && Vocabulary.SEQUENCE_MEMBERS.contains(lastWord)) {
      names.function(ObjectName.of(Tokens.lower(lastWord)));
    }
    if (last == i && isBareFunction(i, lastWord)) {
      names.function(ObjectName.of(Tokens.lower(lastWord)));
    }
  }

  private boolean isBareFunction(int i, String word) {
    return Vocabulary.BARE_FUNCTIONS.contains(word)
        || (!syntax.has(SyntaxTrait.USER_MAY_BE_COLUMN) && Vocabulary.BARE_USER.contains(word))
        || (syntax.mayHave(SyntaxTrait.BARE_SYSDATE)
            && Vocabulary.BARE_SYSDATE.contains(word)
            && !range.word(i - 1).equals("AS"));
  }

  /**
   * Whether the name at {@code i}, behind which a parenthesis stands, is called.
   *
   * @param single the name in upper case where it is one unquoted word, or ""
   */
  private boolean isCall(int i, String single) {
    return !Vocabulary.NOT_FUNCTIONS.contains(single)
        && !isType(i, single)
        && !isKeyword(i, single)
        && !isAliasList(i);
  }

  /** {@code numeric(10, 2)}. */
  private boolean isType(int i, String single) {
    String before = range.word(i - 1);
    return Vocabulary.TYPES.contains(single)
        && (range.body
            || frames.current().content() == Frame.Content.COLUMNS
            || before.equals("AS")
            || before.equals("CHARACTER")
            || isCast(i));
  }

  /** Words that are called in one place, and belong to a clause in another. */
  private boolean isKeyword(int i, String single) {
    String before = range.word(i - 1);
    return switch (single) {
      case "OVER", "FILTER" -> range.is(i - 1, ')') || before.equals("NULLS");
      case "BY" -> before.equals("GROUP") || before.equals("ORDER") || before.equals("PARTITION");
      case "MATERIALIZED" -> before.equals("AS") || before.equals("NOT");
      case "SETS" -> before.equals("GROUPING");
      case "ROLLUP", "CUBE" -> before.equals("BY");
      case "CONFLICT" -> before.equals("ON");
      case "COLUMNS" ->
          tokens.kind(i - 1) == Tokens.STRING || tokens.kind(i - 1) == Tokens.PARAMETER;
      case "KEY", "PARTITION", "INDEX", "DIV" -> syntax.has(SyntaxTrait.LISTS_AFTER_KEYWORDS);
      case "IF",
          "ELSIF",
          "ELSEIF",
          "WHILE",
          "RETURN",
          "UNTIL",
          "EXIT",
          "RAISE",
          "PERFORM",
          "CALL" ->
          range.body;
      default -> false;
    };
  }

  private boolean isCast(int i) {
    return tokens.isSymbol(i - 1, "::");
  }

  /** {@code FROM t AS x (a, b)}, {@code FROM t x (a, b)}: names of columns, no call. */
  private boolean isAliasList(int i) {
    return range.word(i - 1).equals("AS")
        || isCast(i)
        || (frames.current().position() == Frame.Position.AFTER_TABLE && isAliasPosition(i));
  }

  /** Whether the token before is a table's name, its alias, or the parenthesis of a derived one. */
  private boolean isAliasPosition(int i) {
    byte kind = tokens.kind(i - 1);
    String before = range.word(i - 1);
    return range.is(i - 1, ')')
        || kind == Tokens.QUOTED
        || kind == Tokens.STRING_OR_NAME
        || (kind == Tokens.WORD
            && !Vocabulary.NOT_FUNCTIONS.contains(before)
            && !Vocabulary.BEFORE_EXPRESSIONS.contains(before));
  }
}
