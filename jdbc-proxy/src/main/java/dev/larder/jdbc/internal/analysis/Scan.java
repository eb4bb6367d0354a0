package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Facts.TableWrite;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks the tokens of a query, a data change or a routine's body and collects every name that may
 * be a table or a function, and every verb. Used by one thread, once.
 *
 * <p>It knows just enough grammar to tell a table from an alias. Where it is in doubt it collects:
 * an extra name costs a bypass, a missing one a wrong answer.
 */
final class Scan {

  /** What is known of one level of parentheses. */
  private static final class Frame {
    /** In a FROM list: a comma is followed by a table. */
    boolean from;

    /** The next name is a table. */
    boolean table;

    /** A table of the FROM list was read: what follows is its alias. */
    boolean alias;

    /** In a join's condition. */
    boolean condition;

    boolean selects;
    boolean commonTables;

    /** A list of columns, perhaps with their types. */
    boolean columns;

    /** The call whose arguments this level holds, in upper case. */
    @Nullable String call;

    /** The data change at this level, and its target. */
    String verb = "";

    @Nullable ObjectName target;

    /** Tables of the list are targets. */
    boolean targets;

    /** How many targets were known when a list of targets began, or -1 outside one. */
    int knownTargets = -1;

    /** A MERGE whose branches are not known yet. */
    boolean undecided;
  }

  private final Tokens tokens;
  private final int from;
  private final int to;
  private final boolean body;
  private final SqlSyntax syntax;
  private final Deque<Frame> outer = new ArrayDeque<>();
  private Frame frame = new Frame();
  private int budget = 1_000_000;
  private int written;

  final Set<ObjectName> reads = new LinkedHashSet<>();

  /** How often a table is named where it may be read. */
  int mentions;

  final Set<String> commonTables = new LinkedHashSet<>();
  final Set<TableWrite> writes = new LinkedHashSet<>();
  final Set<ObjectName> functions = new LinkedHashSet<>();
  final FactsBuilder found = new FactsBuilder(Facts.Kind.UNKNOWN);

  /** A data change whose target could not be read. */
  boolean unknownTarget;

  /** SELECT ... INTO: where its target stands, or -1. */
  int selectInto = -1;

  /** The statement itself, rather than a part of it in parentheses, changes data. */
  boolean changes;

  /** An assignment to a user variable. */
  boolean assigns;

  /**
   * @param body whether this is a routine's body, with statements and control flow, rather than one
   *     statement
   */
  Scan(Tokens tokens, int from, int to, boolean body) {
    this.tokens = tokens;
    this.from = from;
    this.to = to;
    this.body = body;
    this.syntax = tokens.syntax;
  }

  Scan run() {
    int i = from;
    while (i < to) {
      i = step(i);
    }
    while (!outer.isEmpty()) {
      close();
    }
    settle();
    changes = !frame.verb.isEmpty();
    return this;
  }

  private String word(int i) {
    return i >= from && i < to ? tokens.word(i) : "";
  }

  private boolean is(int i, char symbol) {
    return i < to && tokens.is(i, symbol);
  }

  private boolean isName(int i) {
    return i < to && tokens.isName(i);
  }

  private int step(int i) {
    switch (tokens.kind(i)) {
      case Tokens.SYMBOL -> {
        return symbol(i);
      }
      case Tokens.WORD -> {
        String word = tokens.word(i);
        return is(i + 1, '.') ? name(i) : keyword(i, word);
      }
      case Tokens.QUOTED -> {
        return name(i);
      }
      case Tokens.STRING_OR_NAME -> {
        if (frame.table || is(i + 1, '(') || is(i + 1, '.')) {
          return name(i);
        }
        return i + 1;
      }
      case Tokens.VARIABLE -> {
        found.obstacle(BypassReason.NON_DETERMINISTIC_CONSTRUCT, "a session variable");
        assigns |= tokens.isSymbol(i + 1, ":=");
        frame.table = false;
        return i + 1;
      }
      default -> {
        frame.table = false;
        return i + 1;
      }
    }
  }

  private int symbol(int i) {
    if (tokens.is(i, '(')) {
      open(null);
    } else if (tokens.is(i, ')')) {
      close();
    } else if (tokens.is(i, ',')) {
      if (frame.commonTables) {
        int after = commonTable(i + 1);
        if (after > 0) {
          return after;
        }
      }
      if (frame.from) {
        frame.table = true;
        frame.condition = false;
        frame.alias = false;
      }
    } else if (tokens.is(i, ';')) {
      while (!outer.isEmpty()) {
        close();
      }
      settle();
      frame = new Frame();
    } else if (!tokens.is(i, '{')) {
      frame.table = false;
    }
    return i + 1;
  }

  private void open(@Nullable String call) {
    Frame inner = new Frame();
    inner.call = call;
    if (frame.table) {
      inner.from = true;
      inner.table = true;
      inner.targets = frame.targets;
      inner.verb = frame.targets ? frame.verb : "";
      frame.table = false;
      frame.alias = true;
    }
    outer.push(frame);
    frame = inner;
  }

  private void close() {
    settle();
    if (!outer.isEmpty()) {
      frame = outer.pop();
    }
  }

  /** A MERGE that showed no branch (MERGE ... KEY) may do anything to its target. */
  private void settle() {
    if (frame.undecided && frame.target != null) {
      write(frame.target, Verb.ANY);
    }
    frame.undecided = false;
    if (frame.knownTargets == written) {
      unknownTarget = true;
    }
  }

  private void write(ObjectName table, Verb verb) {
    written++;
    writes.add(new TableWrite(table, verb));
  }

  private int keyword(int i, String word) {
    String before = word(i - 1);
    switch (word) {
      case "SELECT" -> {
        frame.selects = true;
        endFrom();
        frame.commonTables = false;
        return i + 1;
      }
      case "FROM" -> {
        boolean argument =
            frame.call != null && !frame.selects && frame.verb.isEmpty()
                || (before.equals("DISTINCT")
                    && (word(i - 2).equals("IS") || word(i - 2).equals("NOT")));
        if (!argument) {
          frame.from = true;
          frame.table = true;
          frame.alias = false;
          frame.condition = false;
        }
        return i + 1;
      }
      case "JOIN", "STRAIGHT_JOIN", "APPLY" -> {
        if (!before.equals("FOR") && (!word.equals("APPLY") || isApply(before))) {
          frame.from = true;
          frame.table = true;
          frame.alias = false;
          frame.condition = false;
          return i + 1;
        }
      }
      case "ON" -> {
        frame.condition = true;
        frame.table = false;
        return i + 1;
      }
      case "WHERE", "HAVING", "RETURNING", "QUALIFY" -> {
        endFrom();
        return i + 1;
      }
      case "GROUP", "ORDER" -> {
        if (word(i + 1).equals("BY")) {
          endFrom();
          return i + 2;
        }
      }
      case "BY" -> {
        if (before.equals("PARTITION") && is(i + 1, '(')) {
          return i + 1;
        }
      }
      case "GROUPING" -> {
        if (word(i + 1).equals("SETS")) {
          return i + 2;
        }
      }
      case "WINDOW" -> {
        if (isName(i + 1) && word(i + 2).equals("AS") && is(i + 3, '(')) {
          endFrom();
          return i + 3;
        }
      }
      case "SET" -> {
        if (frame.verb.equals("UPDATE") || frame.verb.equals("MERGE")) {
          endFrom();
          return i + 1;
        }
      }
      case "VALUES" -> {
        if (startsRows(i, before)) {
          endFrom();
          return i + 1;
        }
      }
      case "WITH" -> {
        int at = word(i + 1).equals("RECURSIVE") ? i + 2 : i + 1;
        int after = commonTable(at);
        if (after > 0) {
          frame.commonTables = true;
          return after;
        }
        return i + 1;
      }
      case "ONLY", "LATERAL" -> {
        if (frame.table && (isName(i + 1) || is(i + 1, '('))) {
          return i + 1;
        }
      }
      case "ROWS" -> {
        if (frame.table && word(i + 1).equals("FROM")) {
          frame.table = false;
          frame.alias = true;
          return i + 2;
        }
      }
      case "TABLE" -> {
        if (isName(i + 1) && !is(tokens.nameEnd(i + 1), '(') && startsStatement(i)) {
          frame.table = true;
          frame.from = false;
          return i + 1;
        }
      }
      case "OJ" -> {
        if (tokens.is(i - 1, '{')) {
          return i + 1;
        }
      }
      case "USING" -> {
        if (frame.call == null
            && (frame.verb.equals("MERGE") || frame.verb.equals("DELETE"))
            && (isName(i + 1) || is(i + 1, '('))) {
          frame.from = true;
          frame.table = true;
          frame.alias = false;
          frame.condition = false;
        }
        return i + 1;
      }
      case "FOR" -> lockOrHistory(i);
      case "LOCK" -> {
        if (word(i + 1).equals("IN")) {
          found.obstacle(BypassReason.LOCKING_CLAUSE, "LOCK IN SHARE MODE");
        }
      }
      case "TABLESAMPLE", "SYSTEM_TIME", "SQL_CALC_FOUND_ROWS" ->
          found.obstacle(BypassReason.NON_DETERMINISTIC_CONSTRUCT, word);
      case "PROCEDURE" -> {
        if (word(i + 1).startsWith("ANALY")) {
          found.obstacle(BypassReason.NON_DETERMINISTIC_CONSTRUCT, "PROCEDURE ANALYSE");
        }
      }
      case "NEXT", "PREVIOUS", "CURRENT" -> {
        if (word(i + 1).equals("VALUE") && word(i + 2).equals("FOR")) {
          functions.add(ObjectName.of(word.equals("NEXT") ? "nextval" : "currval"));
          return i + 3;
        }
      }
      case "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "TRUNCATE", "INTO", "REFRESH" -> {
        int after = verb(i, word, before);
        if (after > 0) {
          return after;
        }
      }
      default -> {
        // a name
      }
    }
    return name(i);
  }

  private static boolean isApply(String before) {
    return before.equals("CROSS") || before.equals("OUTER");
  }

  private void endFrom() {
    frame.from = false;
    frame.table = false;
    frame.alias = false;
    frame.condition = false;
    frame.targets = false;
  }

  private boolean startsRows(int i, String before) {
    return startsStatement(i)
        || !frame.verb.isEmpty()
        || before.equals("DISTINCT")
        || before.equals("MINUS");
  }

  /** Whether a statement or a query of a set operation may begin at {@code i}. */
  private boolean startsStatement(int i) {
    if (i == from || tokens.is(i - 1, '(') || tokens.is(i - 1, ';')) {
      return true;
    }
    return switch (word(i - 1)) {
      case "UNION",
          "ALL",
          "EXCEPT",
          "INTERSECT",
          "AS",
          "BEGIN",
          "THEN",
          "ELSE",
          "LOOP",
          "DO",
          "QUERY",
          "ATOMIC",
          "RETURN",
          "PERFORM",
          "FOR",
          "IN" ->
          true;
      default -> body && (tokens.isSymbol(i - 1, ">>") || i == from);
    };
  }

  private void lockOrHistory(int i) {
    String next = word(i + 1);
    switch (next) {
      case "UPDATE", "SHARE" -> found.obstacle(BypassReason.LOCKING_CLAUSE, "FOR " + next);
      case "NO", "KEY" -> {
        if (word(i + 2).equals("KEY") || word(i + 2).equals("SHARE")) {
          found.obstacle(BypassReason.LOCKING_CLAUSE, "FOR " + next + " " + word(i + 2));
        }
      }
      default -> {}
    }
  }

  /**
   * Records the common table whose header starts at {@code i} and gives the index of its body's
   * parenthesis, or -1 where there is none.
   */
  private int commonTable(int i) {
    if (!isName(i)) {
      return -1;
    }
    int at = i + 1;
    if (is(at, '(')) {
      at = afterParenthesis(at);
    }
    if (!word(at).equals("AS")) {
      return -1;
    }
    at++;
    if (word(at).equals("NOT")) {
      at++;
    }
    if (word(at).equals("MATERIALIZED")) {
      at++;
    }
    if (!is(at, '(')) {
      return -1;
    }
    commonTables.add(tokens.part(i));
    return at;
  }

  /** Whether there is work left to look ahead; where there is none, nothing is certain. */
  private boolean spend() {
    if (--budget < 0) {
      unknownTarget = true;
    }
    return budget >= 0;
  }

  private int afterParenthesis(int i) {
    int depth = 0;
    for (int at = i; at < to && spend(); at++) {
      if (tokens.is(at, '(')) {
        depth++;
      } else if (tokens.is(at, ')') && --depth == 0) {
        return at + 1;
      }
    }
    return to;
  }

  private boolean laterAtThisLevel(int i, String word) {
    int depth = 0;
    for (int at = i; at < to && depth >= 0 && spend(); at++) {
      if (depth == 0 && tokens.is(at, ';')) {
        break;
      }
      if (tokens.is(at, '(')) {
        depth++;
      } else if (tokens.is(at, ')')) {
        depth--;
      } else if (depth == 0 && tokens.word(at).equals(word)) {
        return true;
      }
    }
    return false;
  }

  /** The index after what the verb at {@code i} says, or -1 where the word is no verb. */
  private int verb(int i, String word, String before) {
    String next = word(i + 1);
    if (before.equals("AS") && !startsBody(i)) {
      return -1;
    }
    return switch (word) {
      case "INSERT" -> insert(i, before, next);
      case "UPDATE" -> update(i, before, next);
      case "DELETE" -> delete(i, before, next);
      case "MERGE" -> {
        if (!next.equals("INTO") && !(startsStatement(i) && isName(i + 1))) {
          yield -1;
        }
        int at = target(i + 1, "MERGE");
        frame.undecided = frame.target != null;
        yield at;
      }
      case "REPLACE" -> {
        if (!next.equals("INTO") && !(startsStatement(i) && isName(i + 1))) {
          yield -1;
        }
        int at = target(i + 1, "REPLACE");
        if (frame.target != null) {
          write(frame.target, Verb.DELETE);
          write(frame.target, Verb.INSERT);
          if (!syntax.has(SyntaxTrait.REPLACE_NEVER_UPDATES)) {
            write(frame.target, Verb.UPDATE);
          }
        }
        yield at;
      }
      case "TRUNCATE" -> {
        if (!body || is(i + 1, '(')) {
          yield -1;
        }
        yield truncate(i + 1, writes);
      }
      case "REFRESH" -> {
        if (!body || !next.equals("MATERIALIZED")) {
          yield -1;
        }
        int at = i + 3;
        if (word(at).equals("CONCURRENTLY")) {
          at++;
        }
        if (isName(at)) {
          write(tokens.name(at), Verb.REFRESH);
          yield tokens.nameEnd(at);
        }
        unknownTarget = true;
        yield at;
      }
      case "INTO" -> into(i);
      default -> -1;
    };
  }

  private boolean startsBody(int i) {
    return body || i == from;
  }

  /** Reads the target at {@code i}, past INTO and modifiers, into the frame. */
  private int target(int i, String verb) {
    int at = i;
    while (Vocabulary.MODIFIERS_OF_VERBS.contains(word(at))
        || word(at).equals("INTO")
        || (word(at).equals("TABLE") && isName(at + 1))) {
      at++;
    }
    frame.verb = verb;
    frame.from = false;
    frame.table = false;
    frame.alias = true;
    boolean parenthesised = is(at, '(') && isName(at + 1) && word(at - 1).equals("ONLY");
    if (parenthesised) {
      at++;
    }
    if (!isName(at)) {
      frame.target = null;
      unknownTarget = true;
      return at;
    }
    frame.target = tokens.name(at);
    int after = tokens.nameEnd(at);
    return parenthesised && is(after, ')') ? after + 1 : after;
  }

  private int insert(int i, String before, String next) {
    if (before.equals("THEN") && frame.verb.equals("MERGE") && !next.equals("INTO")) {
      branch(Verb.INSERT);
      return i + 1;
    }
    boolean verb =
        next.equals("INTO")
            || Vocabulary.MODIFIERS_OF_VERBS.contains(next)
            || (startsStatement(i) && isName(i + 1));
    if (!verb) {
      return -1;
    }
    int at = target(i + 1, "INSERT");
    if (frame.target != null) {
      write(frame.target, Verb.INSERT);
    }
    return at;
  }

  private void branch(Verb verb) {
    frame.undecided = false;
    if (frame.target == null) {
      unknownTarget = true;
    } else {
      write(frame.target, verb);
    }
  }

  private int update(int i, String before, String next) {
    switch (before) {
      case "FOR" -> {
        return i + 1;
      }
      case "KEY" -> {
        if (word(i - 2).equals("NO")) {
          return i + 1;
        }
        if (word(i - 2).equals("DUPLICATE")) {
          branch(Verb.UPDATE);
          frame.verb = "UPDATE";
          return i + 1;
        }
      }
      case "DO" -> {
        if (next.equals("SET")) {
          branch(Verb.UPDATE);
          frame.verb = "UPDATE";
          return i + 1;
        }
      }
      case "THEN" -> {
        if (next.equals("SET")) {
          branch(Verb.UPDATE);
          return i + 1;
        }
      }
      case "ON" -> {
        return -1;
      }
      default -> {}
    }
    if (!isName(i + 1) && !next.equals("ONLY") && !(startsStatement(i) && is(i + 1, '('))) {
      return -1;
    }
    if (syntax.mayHave(SyntaxTrait.MULTI_TABLE_CHANGES) || is(i + 1, '(')) {
      // Several tables may be named, any of which may be assigned to.
      frame.verb = "UPDATE";
      frame.from = true;
      frame.table = true;
      frame.alias = false;
      frame.condition = false;
      frame.targets = true;
      frame.knownTargets = written;
      int at = i + 1;
      while (Vocabulary.MODIFIERS_OF_VERBS.contains(word(at)) && isName(at + 1)) {
        at++;
      }
      return at;
    }
    int at = target(i + 1, "UPDATE");
    if (frame.target != null) {
      write(frame.target, Verb.UPDATE);
    }
    return at;
  }

  private int delete(int i, String before, String next) {
    if (before.equals("ON")) {
      return -1;
    }
    if (before.equals("THEN") && frame.verb.equals("MERGE") && !next.equals("FROM")) {
      branch(Verb.DELETE);
      return i + 1;
    }
    int at = i + 1;
    while (Vocabulary.MODIFIERS_OF_VERBS.contains(word(at)) && !is(at + 1, '.')) {
      at++;
    }
    boolean several = syntax.mayHave(SyntaxTrait.MULTI_TABLE_CHANGES);
    if (word(at).equals("FROM")) {
      int after = target(at + 1, "DELETE");
      if (several && laterAtThisLevel(after, "USING")) {
        // The names before USING may be aliases of the tables after it.
        frame.targets = true;
        frame.knownTargets = written;
        while (after < to && !word(after).equals("USING")) {
          after++;
        }
        return after;
      }
      if (frame.target != null) {
        write(frame.target, Verb.DELETE);
      }
      return after;
    }
    if (!isName(at) || !startsStatement(i)) {
      return -1;
    }
    if (laterAtThisLevel(at, "FROM")) {
      // The names before FROM may be aliases of the tables after it.
      frame.verb = "DELETE";
      frame.targets = true;
      frame.knownTargets = written;
      while (at < to && !word(at).equals("FROM")) {
        at++;
      }
      return at;
    }
    int after = target(at, "DELETE");
    if (frame.target != null) {
      write(frame.target, Verb.DELETE);
    }
    return after;
  }

  private int into(int i) {
    if (syntax.mayHave(SyntaxTrait.MULTI_TABLE_INSERTS)
        && frame.verb.equals("INSERT")
        && isName(i + 1)
        && !body) {
      // INSERT ALL INTO a ... INTO b
      int at = target(i + 1, "INSERT");
      if (frame.target != null) {
        write(frame.target, Verb.INSERT);
      }
      return at;
    }
    if (body) {
      return i + 1;
    }
    if (selectInto < 0) {
      selectInto = i + 1;
    }
    frame.from = false;
    frame.table = false;
    return i + 1;
  }

  /** Reads the list of TRUNCATE that starts at {@code i}, and gives the index after it. */
  int truncate(int i, Set<TableWrite> into) {
    int at = i;
    if (word(at).equals("TABLE") && (isName(at + 1) || is(at + 1, '('))) {
      at++;
    }
    Set<ObjectName> tables = new LinkedHashSet<>();
    while (at < to) {
      if (word(at).equals("ONLY") && isName(at + 1)) {
        at++;
      }
      if (!isName(at)) {
        unknownTarget = true;
        break;
      }
      tables.add(tokens.name(at));
      at = tokens.nameEnd(at);
      if (at < to && tokens.isSymbol(at, "*")) {
        at++;
      }
      if (!is(at, ',')) {
        break;
      }
      at++;
    }
    boolean cascade = laterAtThisLevel(at, "CASCADE");
    for (ObjectName table : tables) {
      into.add(new TableWrite(table, cascade ? Verb.TRUNCATE_CASCADE : Verb.TRUNCATE));
    }
    return at;
  }

  private int name(int i) {
    int end = Math.min(tokens.nameEnd(i), to);
    int last = end - 1;
    String lastWord = word(last);
    String single = last == i ? lastWord : "";
    ofThePhysicalTable(last);
    if (is(end, '(')) {
      call(i, end, single);
      return end + 1;
    }
    if (frame.table) {
      ObjectName table = tokens.name(i);
      if (frame.targets && !frame.verb.isEmpty()) {
        write(table, frame.verb.equals("UPDATE") ? Verb.UPDATE : Verb.DELETE);
      }
      reads.add(table);
      mentions++;
      frame.table = false;
      frame.alias = true;
    }
    bare(last, lastWord, single);
    return end;
  }

  /** System columns and types are known by their names, also where those are quoted. */
  private void ofThePhysicalTable(int last) {
    String word =
        syntax.mayHave(SyntaxTrait.SYSTEM_COLUMNS) && tokens.kind(last) == Tokens.QUOTED
            ? Tokens.upper(tokens.part(last))
            : word(last);
    if (Vocabulary.CATALOGUE_TYPES.contains(word)) {
      found.obstacle(BypassReason.NON_DETERMINISTIC_CONSTRUCT, "a cast to " + word);
    }
    if (syntax.mayHave(SyntaxTrait.SYSTEM_COLUMNS) && Vocabulary.SYSTEM_COLUMNS.contains(word)) {
      found.obstacle(BypassReason.NON_DETERMINISTIC_CONSTRUCT, "the system column " + word);
    }
  }

  private void bare(int last, String lastWord, String single) {
    if (lastWord.isEmpty()) {
      return;
    }
    if (syntax.mayHave(SyntaxTrait.SEQUENCE_MEMBERS)
        && Vocabulary.SEQUENCE_MEMBERS.contains(lastWord)) {
      functions.add(ObjectName.of(Tokens.lower(lastWord)));
    }
    boolean function =
        Vocabulary.BARE_FUNCTIONS.contains(single)
            || (!syntax.has(SyntaxTrait.USER_MAY_BE_COLUMN)
                && Vocabulary.BARE_USER.contains(single))
            || (syntax.mayHave(SyntaxTrait.BARE_SYSDATE)
                && Vocabulary.BARE_SYSDATE.contains(single)
                && !word(last - 1).equals("AS"));
    if (function) {
      functions.add(ObjectName.of(Tokens.lower(single)));
    }
  }

  /** A name before a parenthesis. */
  private void call(int i, int open, String single) {
    if (isCall(i, single)) {
      ObjectName name = tokens.name(i);
      boolean folds = tokens.kind(open - 1) == Tokens.WORD;
      functions.add(
          folds ? new ObjectName(name.catalog(), name.schema(), Tokens.lower(name.name())) : name);
      boolean relation = frame.table;
      frame.table = false;
      open(single.isEmpty() ? "call" : single);
      if (relation) {
        outer.element().alias = true;
      }
    } else {
      if (single.equals("DEFAULT")) {
        // What would be given to the column now: a time, or a sequence's next.
        found.obstacle(BypassReason.NON_DETERMINISTIC_CONSTRUCT, "a column's DEFAULT");
      }
      boolean list = frame.table && !single.equals("LATERAL");
      if (list && !Vocabulary.NOT_FUNCTIONS.contains(single)) {
        frame.table = false;
      }
      open(single.equals("CAST") ? "CAST" : null);
      frame.columns = !Vocabulary.NOT_FUNCTIONS.contains(single) && !single.equals("OVER");
    }
  }

  private boolean isCall(int i, String single) {
    if (single.isEmpty()) {
      return !isAliasList(i);
    }
    if (Vocabulary.NOT_FUNCTIONS.contains(single)) {
      return false;
    }
    String before = word(i - 1);
    if (Vocabulary.TYPES.contains(single)
        && (body
            || frame.columns
            || before.equals("AS")
            || before.equals("CHARACTER")
            || isCast(i))) {
      return false;
    }
    switch (single) {
      case "OVER", "FILTER" -> {
        if (tokens.is(i - 1, ')') || before.equals("NULLS")) {
          return false;
        }
      }
      case "BY" -> {
        if (before.equals("GROUP") || before.equals("ORDER") || before.equals("PARTITION")) {
          return false;
        }
      }
      case "MATERIALIZED" -> {
        if (before.equals("AS") || before.equals("NOT")) {
          return false;
        }
      }
      case "SETS" -> {
        if (before.equals("GROUPING")) {
          return false;
        }
      }
      case "ROLLUP", "CUBE" -> {
        if (before.equals("BY")) {
          return false;
        }
      }
      case "CONFLICT" -> {
        if (before.equals("ON")) {
          return false;
        }
      }
      case "COLUMNS" -> {
        if (tokens.kind(i - 1) == Tokens.STRING || tokens.kind(i - 1) == Tokens.PARAMETER) {
          return false;
        }
      }
      case "KEY", "PARTITION", "INDEX", "DIV", "MOD" -> {
        if (syntax.has(SyntaxTrait.LISTS_AFTER_KEYWORDS) && !single.equals("MOD")) {
          return false;
        }
      }
      case "IF",
          "ELSIF",
          "ELSEIF",
          "WHILE",
          "RETURN",
          "UNTIL",
          "EXIT",
          "RAISE",
          "PERFORM",
          "CALL" -> {
        if (body) {
          return false;
        }
      }
      default -> {}
    }
    return !isAliasList(i);
  }

  private boolean isCast(int i) {
    return tokens.isSymbol(i - 1, "::");
  }

  /** {@code FROM t AS x (a, b)}, {@code FROM t x (a, b)}: names of columns, no call. */
  private boolean isAliasList(int i) {
    return word(i - 1).equals("AS")
        || isCast(i)
        || (frame.from && frame.alias && !frame.condition && !frame.table && isAliasPosition(i));
  }

  /** Whether the token before is a table's name, its alias, or the parenthesis of a derived one. */
  private boolean isAliasPosition(int i) {
    byte kind = tokens.kind(i - 1);
    return tokens.is(i - 1, ')')
        || kind == Tokens.QUOTED
        || kind == Tokens.STRING_OR_NAME
        || (kind == Tokens.WORD
            && !Vocabulary.NOT_FUNCTIONS.contains(word(i - 1))
            && !Vocabulary.BEFORE_EXPRESSIONS.contains(word(i - 1)));
  }
}
