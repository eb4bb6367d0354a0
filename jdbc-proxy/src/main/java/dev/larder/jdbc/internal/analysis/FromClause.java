package dev.larder.jdbc.internal.analysis;

import static dev.larder.jdbc.internal.analysis.TokenRange.NONE;

/**
 * The part of the scan that tells where a list of tables begins, what in it is a table, and where
 * it ends. Used by one thread, once.
 */
final class FromClause {

  private final TokenRange range;
  private final Frames frames;
  private final ScannedNames.Builder names;

  FromClause(TokenRange range, Frames frames, ScannedNames.Builder names) {
    this.range = range;
    this.frames = frames;
    this.names = names;
  }

  /** The index after what the keyword at {@code i} says, or NONE where it is no such keyword. */
  int read(int i, String word) {
    String before = range.word(i - 1);
    String next = range.word(i + 1);
    return switch (word) {
      case "SELECT" -> {
        frames.current().selects();
        yield i + 1;
      }
      case "FROM" -> isOfArgument(i, before) ? i + 1 : begin(i);
      case "JOIN" -> before.equals("FOR") ? NONE : begin(i);
      case "STRAIGHT_JOIN" ->
          ParserText.isSelectOption(range.tokens, range.from, i) ? i + 1 : begin(i);
      case "APPLY" -> before.equals("CROSS") || before.equals("OUTER") ? begin(i) : NONE;
      case "USING" -> namesSource(i) ? begin(i) : i + 1;
      case "ON" -> {
        frames.current().condition();
        yield i + 1;
      }
      case "WHERE", "HAVING", "RETURNING", "QUALIFY" -> end(i + 1);
      case "GROUP", "ORDER" ->
          !next.equals("BY") ? NONE : isOfIndexHint(i, before) ? i + 2 : end(i + 2);
      case "WINDOW" -> namesWindow(i) ? end(i + 3) : NONE;
      case "SET" ->
          frames.current().isIn(Frame.Change.UPDATE) || frames.current().isIn(Frame.Change.MERGE)
              ? end(i + 1)
              : NONE;
      case "VALUES" -> startsRows(i, before) ? end(i + 1) : NONE;
      case "BY" -> before.equals("PARTITION") && range.is(i + 1, '(') ? i + 1 : NONE;
      case "GROUPING" -> next.equals("SETS") ? i + 2 : NONE;
      case "ONLY", "LATERAL" -> precedesTable(i) ? i + 1 : NONE;
      case "ROWS" -> expectsTable() && next.equals("FROM") ? functions(i) : NONE;
      case "TABLE" -> isQuery(i) ? table(i) : NONE;
      case "LOOP", "THEN", "DO" -> {
        if (range.body) {
          frames.current().statementFollows();
        }
        yield NONE;
      }
      default -> NONE;
    };
  }

  private int begin(int i) {
    frames.current().beginList();
    return i + 1;
  }

  private int end(int after) {
    frames.current().endList();
    return after;
  }

  private boolean expectsTable() {
    return frames.current().position().expectsTable();
  }

  /** {@code extract(year FROM d)}, {@code a IS DISTINCT FROM b}. */
  private boolean isOfArgument(int i, String before) {
    Frame frame = frames.current();
    String earlier = range.word(i - 2);
    return (frame.content() == Frame.Content.ARGUMENTS && !frame.changesData())
        || (before.equals("DISTINCT") && (earlier.equals("IS") || earlier.equals("NOT")));
  }

  /** Whether the USING at {@code i} is that of a MERGE or DELETE. */
  private boolean namesSource(int i) {
    Frame frame = frames.current();
    boolean inCall =
        frame.content() == Frame.Content.ARGUMENTS
            || frame.content() == Frame.Content.ARGUMENT_QUERY;
    return !inCall
        && (frame.isIn(Frame.Change.MERGE) || frame.isIn(Frame.Change.DELETE))
        && (range.isName(i + 1) || range.is(i + 1, '('));
  }

  /** {@code USE INDEX FOR ORDER BY (i)}, after which more tables may follow. */
  private boolean isOfIndexHint(int i, String before) {
    String earlier = range.word(i - 2);
    return before.equals("FOR") && (earlier.equals("INDEX") || earlier.equals("KEY"));
  }

  private boolean namesWindow(int i) {
    return range.isName(i + 1) && range.word(i + 2).equals("AS") && range.is(i + 3, '(');
  }

  private boolean startsRows(int i, String before) {
    return range.startsStatement(i)
        || frames.current().changesData()
        || before.equals("DISTINCT")
        || before.equals("MINUS");
  }

  private boolean precedesTable(int i) {
    return expectsTable() && (range.isName(i + 1) || range.is(i + 1, '('));
  }

  /** ROWS FROM: the functions in the parentheses stand for a table. */
  private int functions(int i) {
    frames.current().tableRead();
    return i + 2;
  }

  /** Whether the TABLE at {@code i} is a query by itself. */
  private boolean isQuery(int i) {
    return range.isName(i + 1)
        && !range.is(range.tokens.nameEnd(i + 1), '(')
        && (range.startsStatement(i) || frames.current().isIn(Frame.Change.INSERT));
  }

  private int table(int i) {
    frames.current().expectSingleTable();
    return i + 1;
  }

  /** Takes in the name at {@code i}, which is followed by no parenthesis. */
  void name(int i) {
    Frame frame = frames.current();
    if (!frame.position().expectsTable()) {
      return;
    }
    ObjectName table = range.tokens.name(i);
    if (frame.listsTargets()) {
      names.write(table, frame.isIn(Frame.Change.UPDATE) ? Verb.UPDATE : Verb.DELETE);
    }
    names.read(table);
    frame.tableRead();
  }
}
