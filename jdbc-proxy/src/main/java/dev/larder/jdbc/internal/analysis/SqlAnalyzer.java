package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Analysis.Reuse;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what SQL texts do, and remembers nothing. Thread-safe; never throws for any text; a text
 * costs bounded time and memory.
 */
public final class SqlAnalyzer implements TextAnalyzer {

  /** Beyond these a text is not even scanned, so that the scan's cost stays bounded. */
  private static final int MAX_SCANNED_TOKENS = 200_000;

  private static final int MAX_SCANNED_DEPTH = 10_000;

  private static final String SET_CONFIG = "set_config";

  private final SqlSyntax syntax;
  private final AnalysisLimits limits;
  private final StatementReader reader;
  private final StatementReader busyReader;

  public SqlAnalyzer(SqlSyntax syntax, SettingStatements settings, AnalysisLimits limits) {
    this.syntax = syntax;
    this.limits = limits;
    SqlParser parser = new SqlParser(syntax, limits.parseTimeout());
    this.reader = reader(parser, settings);
    this.busyReader = reader(parser.refusing(), settings);
  }

  private StatementReader reader(SqlParser parser, SettingStatements settings) {
    return new StatementReader(new QueryReader(parser, limits, settings), settings);
  }

  @Override
  public Analysis analyze(String sql) {
    return analyze(lex(sql));
  }

  /** The text's tokens, by which its template and literals are known. */
  public LexedText lex(String sql) {
    try {
      return lexed(sql);
    } catch (Lexer.Failure failure) {
      return LexedText.settled(sql, notUnderstood(sql, String.valueOf(failure.getMessage())));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      return LexedText.settled(sql, failed(sql));
    }
  }

  /** What this text does. */
  public Analysis analyze(LexedText text) {
    Tokens tokens = text.tokens();
    if (tokens == null) {
      return text.analysis();
    }
    try {
      return text.with(text.template(), facts(tokens, reader));
    } catch (SqlParser.Unsettled busy) {
      return unsettled(text, tokens);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      return failed(text.sql());
    }
  }

  /** Nothing was learnt about the text, so nothing may be remembered. */
  private Analysis unsettled(LexedText text, Tokens tokens) {
    try {
      return text.analysis().with(facts(tokens, busyReader), Reuse.NONE);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      Analysis failed = failed(text.sql());
      return failed.with(failed.statements(), Reuse.NONE);
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

  @Override
  public BodyFacts bodyOf(String body) {
    if (body.length() > limits.maxCharacters()) {
      return BodyFacts.opaque("a body beyond the limits of analysis");
    }
    try {
      Lexer lexer = new Lexer(body, syntax, syntax.backslashEscapes(), false);
      Tokens tokens = lexer.lex().withoutHints();
      return readsDifferently(body, lexer)
          ? BodyFacts.opaque("a text whose meaning depends on a setting")
          : BodyReader.read(tokens);
    } catch (Lexer.Failure failure) {
      return BodyFacts.opaque("a body that could not be read");
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      return BodyFacts.opaque("a failure of the analysis");
    }
  }

  private LexedText lexed(String sql) throws Lexer.Failure {
    boolean large = sql.length() > limits.maxCharacters();
    Lexer lexer = new Lexer(sql, syntax, syntax.backslashEscapes(), large);
    Tokens tokens = lexer.lex();
    Hints hints = Hint.read(tokens.hintComments);
    if (readsDifferently(sql, lexer)) {
      Facts unknown =
          FactsBuilder.unknown(
              "a text whose meaning depends on a setting", BypassReason.UNPARSEABLE);
      return LexedText.settled(
          sql, ofTextAlone(sql, tokens.parameters, hints).with(List.of(unknown), Reuse.TEXT));
    }
    Tokens plain = tokens.withoutHints();
    if (large || tokens.depth > MAX_SCANNED_DEPTH) {
      return LexedText.unread(sql, ofTextAlone(sql, tokens.parameters, hints), plain);
    }
    Template template = Template.of(tokens);
    Analysis analysis =
        new Analysis(
            template.text(),
            template.literals(),
            tokens.parameters,
            List.of(),
            hints,
            mayFollowClock(template.literals(), plain),
            literalsDecide(plain) ? Reuse.TEXT : Reuse.TEMPLATE);
    return LexedText.unread(sql, analysis, plain);
  }

  /** What is known of a text that has no template. */
  private static Analysis ofTextAlone(String sql, int parameters, Hints hints) {
    return new Analysis(sql, List.of(), parameters, List.of(), hints, true, Reuse.TEXT);
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

  private boolean mayFollowClock(List<String> literals, Tokens tokens) {
    return (syntax.mayHave(SyntaxTrait.CURRENT_TIME_LITERALS) && mayStandForNow(literals, tokens))
        || (syntax.mayHave(SyntaxTrait.TIMES_TAKE_CURRENT_DATE)
            && literals.stream().anyMatch(CurrentTime::isTimeWithOffset));
  }

  private static boolean mayStandForNow(List<String> literals, Tokens tokens) {
    for (String literal : literals) {
      if (literal.length() > 4 && CurrentTime.literalMayStandFor(literal, false)) {
        return CurrentTime.convertsTexts(tokens)
            || literals.stream()
                .anyMatch(
                    other -> other.length() > 4 && CurrentTime.literalMayStandFor(other, true));
      }
    }
    return false;
  }

  private static Analysis failed(String sql) {
    return notUnderstood(sql, "a failure of the analysis");
  }

  private static Analysis notUnderstood(String sql, String why) {
    Facts unknown = FactsBuilder.unknown(why, BypassReason.UNPARSEABLE);
    return ofTextAlone(sql, 0, Hints.NONE).with(List.of(unknown), Reuse.TEXT);
  }

  /** How the product reads the texts of this analyzer. */
  public SqlSyntax syntax() {
    return syntax;
  }
}
