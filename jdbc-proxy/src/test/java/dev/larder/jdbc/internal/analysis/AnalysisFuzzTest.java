package dev.larder.jdbc.internal.analysis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.larder.jdbc.internal.analysis.Facts.Kind;
import dev.larder.jdbc.internal.product.ProductUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Tag;

/**
 * Analysis of any text ends soon and without an exception, keeps no write for a query whose answer
 * may be kept, and does not mind how a text is dressed.
 *
 * <p>The build runs the inputs in {@code src/test/resources} again, findings of former runs among
 * them. To look for new ones: {@code JAZZER_FUZZ=1} and {@code -Dtest=AnalysisFuzzTest#method}, one
 * method at a time.
 *
 * <p>The first byte of an input chooses the product, and for some the text that goes before; the
 * rest is text.
 */
@Tag("fuzz")
class AnalysisFuzzTest {

  private static final ProductUnderTest[] PRODUCTS = {
    ProductUnderTest.POSTGRESQL, ProductUnderTest.MARIADB, ProductUnderTest.H2
  };
  private static final boolean FUZZING = System.getenv("JAZZER_FUZZ") != null;

  /** Far above what analysis may take: it is there for what never ends. */
  private static final Duration HANG = Duration.ofSeconds(60);

  private static final Set<String> WRITE_WORDS =
      Set.of(
          "INSERT",
          "UPDATE",
          "DELETE",
          "MERGE",
          "REPLACE",
          "TRUNCATE",
          "CREATE",
          "DROP",
          "ALTER",
          "GRANT",
          "REVOKE",
          "COPY",
          "CALL",
          "DO",
          "EXECUTE",
          "PREPARE",
          "SET",
          "RESET",
          "BEGIN",
          "COMMIT",
          "ROLLBACK",
          "SAVEPOINT",
          "LOCK",
          "REFRESH",
          "LOAD",
          "RENAME",
          "COMMENT");

  /** Whatever follows, none of these may be kept. */
  private static final List<String> WRITES =
      List.of(
          "insert into t ",
          "with x as (select 1) delete from t ",
          "select 1; update t set a = 1 ",
          "/* c */ -- d\n update t set ",
          "select * from t for update ",
          "with x as (delete from t returning *) select * from x ",
          "with x as (insert into t values (1) returning a), y as (select 1) select * from y, x ",
          "select a into u from t ",
          "explain analyze delete from t ",
          "call p(",
          "create table t as select * from u ");

  private static Analysis analyze(ProductUnderTest dialect, String sql) {
    SqlAnalyzer analyzer = dialect.analyzer();
    // When fuzzing, libFuzzer has a time-out of its own, and a thread per input would cost too
    // much.
    return FUZZING
        ? analyzer.analyze(sql)
        : assertTimeoutPreemptively(HANG, () -> analyzer.analyze(sql));
  }

  private static boolean mayBeKept(Analysis analysis) {
    return analysis.statements().size() == 1
        && analysis.statements().get(0).kind() == Kind.QUERY
        && analysis.statements().get(0).obstacles().isEmpty();
  }

  private static ProductUnderTest product(byte[] input) {
    return PRODUCTS[input.length == 0 ? 0 : (input[0] & 0xFF) % PRODUCTS.length];
  }

  private static String text(byte[] input) {
    return input.length == 0 ? "" : new String(input, 1, input.length - 1, UTF_8);
  }

  @FuzzTest
  void anyTextIsUnderstoodOrGivenUp(byte[] input) {
    ProductUnderTest dialect = product(input);
    String sql = text(input);
    Analysis analysis = analyze(dialect, sql);
    assertThat(dialect.analyzer().bodyOf(sql)).isNotNull();
    if (mayBeKept(analysis)) {
      assertThat(analysis.statements().get(0).writes()).as(sql).isEmpty();
      assertThat(WRITE_WORDS).as(sql).doesNotContain(firstWord(dialect, sql));
      assertThat(mayBeKept(analyze(dialect, sql + "\n; delete from victim"))).as(sql).isFalse();
    }
  }

  @FuzzTest
  void whatFollowsAWriteDoesNotHideIt(byte[] input) {
    ProductUnderTest dialect = product(input);
    int choice = input.length == 0 ? 0 : (input[0] & 0xFF) / PRODUCTS.length;
    String sql = WRITES.get(choice % WRITES.size()) + text(input);
    assertThat(mayBeKept(analyze(dialect, sql))).as("%s: %s", dialect, sql).isFalse();
  }

  @FuzzTest
  void dressDoesNotMatter(byte[] input) {
    ProductUnderTest dialect =
        product(input) == ProductUnderTest.H2 ? ProductUnderTest.H2 : ProductUnderTest.POSTGRESQL;
    String sql = text(input);
    Tokens tokens;
    try {
      tokens = new Lexer(sql, dialect.syntax(), false, false).lex();
    } catch (Lexer.Failure unreadable) {
      return;
    }
    if (!tokens.hintComments.isEmpty() || tokens.size == 0) {
      return;
    }
    Analysis plain = analyze(dialect, sql);
    Analysis dressed = analyze(dialect, dressed(tokens, dialect));
    assertThat(dressed.template()).isEqualTo(plain.template());
    assertThat(dressed.literals()).isEqualTo(plain.literals());
    assertThat(dressed.statements().stream().map(FactsText::of).toList())
        .isEqualTo(plain.statements().stream().map(FactsText::of).toList());
    Analysis other = analyze(dialect, withOtherNumbers(tokens));
    assertThat(other.template()).isEqualTo(plain.template());
    assertThat(other.literals()).hasSameSizeAs(plain.literals());
  }

  /** The same text with other white space, comments and, where it does not matter, letter case. */
  private static String dressed(Tokens tokens, ProductUnderTest dialect) {
    String[] gaps = {" ", " /* c */ ", "\n", "\t /**/ ", " -- x\n", "  "};
    StringBuilder sql = new StringBuilder(" /* a */ ");
    for (int i = 0; i < tokens.size; i++) {
      if (tokens.gapBefore(i)) {
        boolean strings = tokens.kind(i) == Tokens.STRING && tokens.kind(i - 1) == Tokens.STRING;
        sql.append(
            strings
                ? tokens.text.substring(tokens.end(i - 1), tokens.start(i))
                : gaps[i % gaps.length]);
      }
      String spelled = tokens.spelling(i);
      boolean folds = dialect == ProductUnderTest.POSTGRESQL && tokens.kind(i) == Tokens.WORD;
      sql.append(folds && i % 2 == 0 ? Tokens.upper(spelled) : spelled);
    }
    return sql.append("\n/* b */").toString();
  }

  /** The same text with each plain number made another of the same length. */
  private static String withOtherNumbers(Tokens tokens) {
    StringBuilder sql = new StringBuilder(tokens.text);
    for (int i = 0; i < tokens.size; i++) {
      if (tokens.kind(i) == Tokens.NUMBER && tokens.spelling(i).matches("[1-8]+")) {
        for (int at = tokens.start(i); at < tokens.end(i); at++) {
          sql.setCharAt(at, (char) (sql.charAt(at) + 1));
        }
      }
    }
    return sql.toString();
  }

  /**
   * The first word after white space, comments, parentheses and empty statements, in upper case; ""
   * where this simple reading is not sure of it.
   */
  private static String firstWord(ProductUnderTest dialect, String sql) {
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c) || c == ';' || c == '(') {
        at++;
      } else if (sql.startsWith("/*", at)) {
        int end = sql.indexOf("*/", at + 2);
        int inner = sql.indexOf("/*", at + 2);
        boolean plain = end > 0 && (inner < 0 || inner > end) && !sql.startsWith("!", at + 2);
        if (!plain || sql.startsWith("M!", at + 2)) {
          return "";
        }
        at = end + 2;
      } else if (startsLineComment(dialect, sql, at)) {
        int end = sql.indexOf('\n', at);
        if (end < 0) {
          return "";
        }
        at = end + 1;
      } else {
        int end = at;
        while (end < sql.length() && Character.isLetterOrDigit(sql.charAt(end))) {
          end++;
        }
        boolean whole = end == sql.length() || Character.isWhitespace(sql.charAt(end));
        return whole ? sql.substring(at, end).toUpperCase(Locale.ROOT) : "";
      }
    }
    return "";
  }

  private static boolean startsLineComment(ProductUnderTest dialect, String sql, int at) {
    return switch (dialect) {
      case MARIADB, MYSQL -> sql.startsWith("-- ", at) || sql.charAt(at) == '#';
      case H2 -> sql.startsWith("--", at) || sql.startsWith("//", at);
      case POSTGRESQL, OTHER -> sql.startsWith("--", at);
    };
  }
}
