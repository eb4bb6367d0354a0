package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Facts.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what SQL texts do. Thread-safe; never throws for any text; a text costs bounded time and
 * memory, and a text that was met before one look-up.
 */
public final class SqlAnalyzer {

  /** Beyond these a text is not even scanned, so that the scan's cost stays bounded. */
  private static final int MAX_SCANNED_TOKENS = 200_000;

  private static final int MAX_SCANNED_DEPTH = 10_000;

  private static final String SET_CONFIG = "set_config";

  private final SqlSyntax syntax;
  private final AnalysisLimits limits;
  private final Memo<String, Analysis> texts;
  private final Memo<String, List<Facts>> templates;
  private final StatementReader reader;
  private final StatementReader busyReader;

  /** An analyzer that remembers nothing. */
  public SqlAnalyzer(SqlSyntax syntax, SettingStatements settings, AnalysisLimits limits) {
    this(syntax, settings, limits, Memo.none(), Memo.none());
  }

  /**
   * @param texts remembers by exact text; bound it by {@link Analysis#weight()}
   * @param templates remembers facts by template; bound it too
   */
  public SqlAnalyzer(
      SqlSyntax syntax,
      SettingStatements settings,
      AnalysisLimits limits,
      Memo<String, Analysis> texts,
      Memo<String, List<Facts>> templates) {
    this.syntax = syntax;
    this.limits = limits;
    this.texts = texts;
    this.templates = templates;
    SqlParser parser = new SqlParser(syntax, limits.parseTimeout());
    this.reader = reader(parser, settings);
    this.busyReader = reader(parser.refusing(), settings);
  }

  private StatementReader reader(SqlParser parser, SettingStatements settings) {
    return new StatementReader(new QueryReader(parser, limits, settings), settings);
  }

  /** What this text does. */
  public Analysis analyze(String sql) {
    try {
      return sql.length() <= limits.memoisedCharacters() ? texts.get(sql, this::fresh) : fresh(sql);
    } catch (SqlParser.Unsettled busy) {
      // Nothing was learnt about the text, so nothing may be remembered.
      return guarded(sql, busyReader, Memo.none());
    }
  }

  /**
   * The facts of a text that should be one statement, such as a view's definition; of several
   * together, where it is not, as unknown.
   */
  public Facts factsOfQuery(String sql) {
    List<Facts> statements = analyze(sql).statements();
    return statements.size() == 1
        ? statements.get(0)
        : FactsBuilder.unknown("not one statement", BypassReason.SEVERAL_STATEMENTS);
  }

  /** What a procedural body may do, by its tokens alone. */
  public BodyFacts bodyOf(String body) {
    if (body.length() > limits.maxCharacters()) {
      return BodyReader.opaque("a body beyond the limits of analysis");
    }
    try {
      Lexer lexer = new Lexer(body, syntax, syntax.backslashEscapes(), false);
      Tokens tokens = lexer.lex().withoutHints();
      return readsDifferently(body, lexer)
          ? BodyReader.opaque("a text whose meaning depends on a setting")
          : BodyReader.read(tokens);
    } catch (Lexer.Failure failure) {
      return BodyReader.opaque("a body that could not be read");
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      return BodyReader.opaque("a failure of the analysis");
    }
  }

  private Analysis fresh(String sql) {
    return guarded(sql, reader, templates);
  }

  private Analysis guarded(String sql, StatementReader with, Memo<String, List<Facts>> remembered) {
    try {
      return analysis(sql, with, remembered);
    } catch (SqlParser.Unsettled busy) {
      throw busy;
    } catch (Lexer.Failure failure) {
      return notUnderstood(sql, String.valueOf(failure.getMessage()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      return notUnderstood(sql, "a failure of the analysis");
    }
  }

  private Analysis analysis(String sql, StatementReader with, Memo<String, List<Facts>> remembered)
      throws Lexer.Failure {
    boolean large = sql.length() > limits.maxCharacters();
    Lexer lexer = new Lexer(sql, syntax, syntax.backslashEscapes(), large);
    Tokens tokens = lexer.lex();
    Hints hints = Hint.read(tokens.hintComments);
    if (readsDifferently(sql, lexer)) {
      return new Analysis(
          sql,
          List.of(),
          tokens.parameters,
          List.of(
              FactsBuilder.unknown(
                  "a text whose meaning depends on a setting", BypassReason.UNPARSEABLE)),
          hints,
          true);
    }
    if (large || tokens.depth > MAX_SCANNED_DEPTH) {
      return new Analysis(
          sql, List.of(), tokens.parameters, facts(tokens.withoutHints(), with), hints, true);
    }
    Template template = Template.of(tokens);
    Tokens plain = tokens.withoutHints();
    List<Facts> facts =
        literalsDecide(plain)
            ? facts(plain, with)
            : remembered.get(template.text(), key -> facts(plain, with));
    return new Analysis(
        template.text(),
        template.literals(),
        tokens.parameters,
        facts,
        hints,
        syntax.mayHave(SyntaxTrait.CURRENT_TIME_LITERALS) && mayStandForNow(template.literals()));
  }

  private static List<Facts> facts(Tokens tokens, StatementReader with) {
    if (tokens.depth > MAX_SCANNED_DEPTH || tokens.size > MAX_SCANNED_TOKENS) {
      return List.of(
          FactsBuilder.unknown(
              "a text beyond the limits of analysis", BypassReason.TEXT_TOO_LARGE));
    }
    List<Facts> facts = new ArrayList<>(1);
    for (Statement statement : Statement.split(tokens)) {
      facts.add(with.read(statement));
    }
    return List.copyOf(facts);
  }

  /** Whether a server with the other reading of backslashes would see another, valid text. */
  private boolean readsDifferently(String sql, Lexer lexer) {
    if (!lexer.ambiguous()) {
      return false;
    }
    try {
      Tokens other = new Lexer(sql, syntax, !syntax.backslashEscapes(), true).lex();
      for (int i = 0; i < other.size; i++) {
        if (other.kind(i) == Tokens.SYMBOL && sql.charAt(other.start(i)) == '\\') {
          return false;
        }
      }
      Tokens mine = new Lexer(sql, syntax, syntax.backslashEscapes(), true).lex();
      boolean same = mine.size == other.size;
      for (int i = 0; same && i < mine.size; i++) {
        same = mine.start(i) == other.start(i) && mine.end(i) == other.end(i);
      }
      return !same;
    } catch (Lexer.Failure invalid) {
      return false;
    }
  }

  /**
   * Whether the value of a literal may change the facts, so that texts of one template may differ:
   * everything but queries and data changes, and those that call set_config.
   */
  private static boolean literalsDecide(Tokens tokens) {
    boolean start = true;
    for (int i = 0; i < tokens.size; i++) {
      if (tokens.is(i, ';')) {
        start = true;
      } else if (start && !tokens.is(i, '(')) {
        switch (tokens.word(i)) {
          case "SELECT",
              "WITH",
              "VALUES",
              "TABLE",
              "INSERT",
              "UPDATE",
              "DELETE",
              "MERGE",
              "REPLACE" ->
              start = false;
          default -> {
            return true;
          }
        }
      } else if (tokens.isName(i) && spellsSetConfig(tokens, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean spellsSetConfig(Tokens tokens, int i) {
    int from = tokens.start(i);
    int length = tokens.end(i) - from;
    return tokens.kind(i) == Tokens.WORD
        ? length == SET_CONFIG.length()
            && tokens.text.regionMatches(true, from, SET_CONFIG, 0, length)
        : length > SET_CONFIG.length() && tokens.part(i).equals(SET_CONFIG);
  }

  private static boolean mayStandForNow(List<String> literals) {
    for (String literal : literals) {
      if (literal.length() > 4 && CurrentTime.literalMayStandFor(literal)) {
        return true;
      }
    }
    return false;
  }

  private Analysis notUnderstood(String sql, String why) {
    FactsBuilder facts = new FactsBuilder(Kind.UNKNOWN);
    facts.becomeUnknown(why);
    facts.obstacle(BypassReason.UNPARSEABLE, why);
    return new Analysis(sql, List.of(), 0, List.of(facts.build()), Hints.NONE, true);
  }

  /** How the product reads the texts of this analyzer. */
  public SqlSyntax syntax() {
    return syntax;
  }
}
