package dev.larder.jdbc.internal.analysis;

import static dev.larder.jdbc.internal.analysis.TokenRange.NONE;

import dev.larder.jdbc.BypassReason;

/**
 * A walk over the tokens of a query, a data change or a routine's body that collects every name
 * that may be a table or a function, and every verb. Used by one thread, once.
 *
 * <p>It knows just enough grammar to tell a table from an alias. Where it is in doubt it collects:
 * an extra name costs a bypass, a missing one a wrong answer. Each of its parts knows some keywords
 * and says how far it has read; what no part claims is a name.
 */
final class TableReferenceScanner {

  private final TokenRange range;
  private final Tokens tokens;
  private final Frames frames = new Frames();
  private final ScannedNames.Builder names = new ScannedNames.Builder();
  private final FromClause fromClause;
  private final DataChange dataChange;
  private final CommonTables commonTables;
  private final FunctionCalls functionCalls;
  private final ObstacleClauses obstacles;

  private TableReferenceScanner(TokenRange range) {
    this.range = range;
    this.tokens = range.tokens;
    this.fromClause = new FromClause(range, frames, names);
    this.dataChange = new DataChange(range, frames, names);
    this.commonTables = new CommonTables(range, frames, names);
    this.functionCalls = new FunctionCalls(range, frames, names);
    this.obstacles = new ObstacleClauses(range, names);
  }

  /** The names in one statement. */
  static ScannedNames statement(Tokens tokens, int from, int to) {
    return new TableReferenceScanner(TokenRange.statement(tokens, from, to)).scan();
  }

  /** The names in a routine's body. */
  static ScannedNames body(Tokens tokens) {
    return new TableReferenceScanner(TokenRange.body(tokens)).scan();
  }

  /** The tables in what follows TRUNCATE. */
  static ScannedNames truncation(Tokens tokens, int from, int to) {
    TokenRange range = TokenRange.statement(tokens, from, to);
    ScannedNames.Builder names = new ScannedNames.Builder();
    new Truncation(range, names).read(from);
    return finished(range, names);
  }

  private static ScannedNames finished(TokenRange range, ScannedNames.Builder names) {
    if (range.isExhausted()) {
      names.unknownTarget();
    }
    return names.build();
  }

  private ScannedNames scan() {
    if (tokens.setsVariable) {
      names.obstacle(BypassReason.NON_DETERMINISTIC_CONSTRUCT, "a hint with SET_VAR");
    }
    int i = range.from;
    while (i < range.to) {
      i = step(i);
    }
    endStatement();
    if (frames.current().changesData()) {
      names.changesData();
    }
    // A variable of a body is no row, nor need be what a data change reads from.
    names.attributes(
        Attributes.in(range, names.isValueTable() || range.body || names.targets() > 0));
    return finished(range, names);
  }

  private void endStatement() {
    while (frames.isNested()) {
      close();
    }
    dataChange.end();
  }

  private void close() {
    dataChange.end();
    frames.close();
  }

  private int step(int i) {
    return switch (tokens.kind(i)) {
      case Tokens.SYMBOL -> symbol(i);
      case Tokens.WORD -> range.is(i + 1, '.') ? name(i) : keyword(i, tokens.word(i));
      case Tokens.QUOTED -> name(i);
      case Tokens.STRING_OR_NAME -> isUsedAsName(i) ? name(i) : i + 1;
      case Tokens.VARIABLE -> {
        obstacles.variable(i);
        yield expression(i);
      }
      default -> expression(i);
    };
  }

  private boolean isUsedAsName(int i) {
    return frames.current().position().expectsTable()
        || range.is(i + 1, '(')
        || range.is(i + 1, '.');
  }

  private int expression(int i) {
    frames.current().expressionRead();
    return i + 1;
  }

  private int symbol(int i) {
    if (tokens.is(i, '(')) {
      frames.open(Frame.Content.PLAIN);
    } else if (tokens.is(i, ')')) {
      close();
    } else if (tokens.is(i, ',')) {
      int after = commonTables.next(i);
      if (after != NONE) {
        return after;
      }
      frames.current().separator();
    } else if (tokens.is(i, ';')) {
      endStatement();
      frames.restart();
    } else if (tokens.is(i, '{')) {
      int content = EscapeClauses.content(tokens, i);
      return content == NONE || content > range.to ? i + 1 : content;
    } else {
      frames.current().expressionRead();
    }
    return i + 1;
  }

  private int keyword(int i, String word) {
    int after = operator(i);
    if (after == NONE) {
      after = fromClause.read(i, word);
    }
    if (after == NONE) {
      after = dataChange.read(i, word);
    }
    if (after == NONE) {
      after = commonTables.read(i, word);
    }
    if (after == NONE) {
      after = functionCalls.read(i, word);
    }
    if (after == NONE) {
      obstacles.word(i, word);
      after = name(i);
    }
    return after;
  }

  private int operator(int i) {
    int after = OperatorNames.end(tokens, i);
    if (after == NONE || after > range.to) {
      return NONE;
    }
    frames.current().expressionRead();
    return after;
  }

  private int name(int i) {
    int end = Math.min(tokens.nameEnd(i), range.to);
    obstacles.name(end - 1);
    int after = functionCalls.call(i, end);
    if (after != NONE) {
      return after;
    }
    fromClause.name(i);
    functionCalls.name(i, end);
    return end;
  }
}
