package dev.larder.jdbc.internal.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.product.ProductUnderTest;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateTest {

  private static Analysis analyze(ProductUnderTest dialect, String sql) {
    return dialect.analyzer().analyze(sql);
  }

  /** Texts that are one statement to the product, labels included. */
  static Stream<Arguments> same() {
    return Stream.of(
        Arguments.of(
            ProductUnderTest.POSTGRESQL,
            "select a from t where id = 5",
            "SELECT a\nFROM t WHERE ID=5"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select f( a , b )", "select f(a,b);"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select a -- x", "select /* y */ a;;"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select /* larder(ttl=5s) */ a", "select a"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select 'A'", "SELECT   'A'"),
        Arguments.of(ProductUnderTest.H2, "select a from t", "select  a\n from /* c */ t"),
        Arguments.of(ProductUnderTest.H2, "select a // c", "select a"),
        Arguments.of(ProductUnderTest.MARIADB, " select a from t ; ", "select a from t"),
        Arguments.of(ProductUnderTest.MARIADB, "/* c */ select a from t # c", "select a from t"),
        Arguments.of(ProductUnderTest.OTHER, "-- c\nselect a from t", "select a from t"));
  }

  @ParameterizedTest
  @MethodSource("same")
  void oneStatementHasOneTemplate(ProductUnderTest dialect, String one, String other) {
    assertThat(analyze(dialect, one).template()).isEqualTo(analyze(dialect, other).template());
    assertThat(analyze(dialect, one).literals()).isEqualTo(analyze(dialect, other).literals());
  }

  /** Texts that differ in meaning, in labels or in whether the product takes them at all. */
  static Stream<Arguments> different() {
    return Stream.of(
        Arguments.of(ProductUnderTest.POSTGRESQL, "select \"A\"", "select \"a\""),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select \"A\"", "select a"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select 'A'", "select 'a'"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select 'a'", "select E'a'"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select E'a'", "select E 'a'"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select 'a'\n'b'", "select 'a' 'b'"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select 'a' -- c\n'b'", "select 'a' 'b'"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select 1", "select '1'"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select 1", "select 1.0"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select 1", "select ?"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select ??", "select ? ?"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select a - -1", "select a --1"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select a@ -1", "select a@-1"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select 123abc", "select 123 abc"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select U&\"a\"", "select U & \"a\""),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select a$1", "select a $1"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select $a$x$a$", "select $b$x$b$"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select 'a', 1", "select 1, 'a'"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select 1; select 2", "select 1 select 2"),
        Arguments.of(ProductUnderTest.POSTGRESQL, "select a /*+ X */", "select a"),
        Arguments.of(ProductUnderTest.H2, "select A", "select a"),
        Arguments.of(ProductUnderTest.MARIADB, "select A", "select a"),
        Arguments.of(ProductUnderTest.MARIADB, "select a+1", "select a + 1"),
        Arguments.of(ProductUnderTest.MARIADB, "select \"a\"", "select 'a'"),
        Arguments.of(ProductUnderTest.MARIADB, "select a/* c */", "select a/* d */ from t"),
        Arguments.of(ProductUnderTest.OTHER, "select a  from t", "select a from t"));
  }

  @ParameterizedTest
  @MethodSource("different")
  void differentStatementsDiffer(ProductUnderTest dialect, String one, String other) {
    Analysis first = analyze(dialect, one);
    Analysis second = analyze(dialect, other);
    assertThat(List.of(first.template(), first.literals()))
        .isNotEqualTo(List.of(second.template(), second.literals()));
  }

  @Test
  void literalsAreKeptAsSpelledAndInOrder() {
    Analysis analysis =
        analyze(
            ProductUnderTest.POSTGRESQL,
            "select 'it''s', E'\\n', $q$a$q$, 1e5, .5, -7, 0x1F from t limit 10");
    assertThat(analysis.literals())
        .containsExactly("'it''s'", "E'\\n'", "$q$a$q$", "1e5", ".5", "7", "0x1F", "10");
    assertThat(analysis.template()).doesNotContain("it'", "5", "10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "POSTGRESQL => select ? => 1",
        "POSTGRESQL => select '?', \"?\" /* ? */ , ?, a ?? b, ?::int -- ? => 2",
        "POSTGRESQL => select a ??| b, c ??& ? => 1",
        "MARIADB => select ?, \"?\", `?` # ? => 1",
        "H2 => select ?1, ?2 // ? => 2",
        "OTHER => select ? where a = '?' => 1",
      })
  void parametersAreCounted(ProductUnderTest dialect, String sql, int parameters) {
    assertThat(analyze(dialect, sql).parameters()).isEqualTo(parameters);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "select 'now' | true",
        "select 'NOW'::date | true",
        "select $$today$$ | true",
        "select 'Yesterday 04:05' | true",
        "select ' tomorrow' | true",
        "select E'\\x6eow' | true",
        "select U&'\\006eow' | true",
        "select U&'!006eow' uescape '!' | true",
        "select 'it happens today', E'a\\tb', U&'\\0061bcd' | false",
        "select '{it happens, today}' | true",
        "select 'today on Poland', 'x' | true",
        "select 'see you now' | true",
        "select 'it happens today'::text | true",
        "select date(split_part('it happens today', ' ', 3)) | true",
        "select E'\\156\\157\\167' | true",
        "select E'n\\u006fw' | true",
        "select 'nowhere', 'known', 'snow', 'epoch', 'infinity' | false",
        "select now, \"now\", 5 | false",
      })
  void aLiteralMayStandForTheCurrentTime(String sql, boolean may) {
    assertThat(analyze(ProductUnderTest.POSTGRESQL, sql).currentTimeLiteral()).isEqualTo(may);
  }

  @Test
  void onlyPostgresqlReadsNowInAString() {
    assertThat(analyze(ProductUnderTest.MARIADB, "select 'now'").currentTimeLiteral()).isFalse();
    assertThat(CurrentTime.mayStandFor("now")).isTrue();
    assertThat(CurrentTime.mayStandFor("e\\x")).isFalse();
    assertThat(CurrentTime.mayStandFor("")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(ProductUnderTest.class)
  void aTextThatCannotBeReadIsItsOwnTemplate(ProductUnderTest dialect) {
    Analysis analysis = analyze(dialect, "select 'x");
    assertThat(analysis.template()).isEqualTo("select 'x");
    assertThat(analysis.statements().get(0).kind()).isEqualTo(Facts.Kind.UNKNOWN);
    assertThat(analyze(dialect, "select \u0001").statements().get(0).kind())
        .isEqualTo(Facts.Kind.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(ProductUnderTest.class)
  void emptyTextsHaveNoStatement(ProductUnderTest dialect) {
    for (String sql : List.of("", " ", ";", ";;", "-- x", "/* x */", " ; -- x\n ;")) {
      assertThat(analyze(dialect, sql).statements()).as(sql).isEmpty();
    }
  }

  /** White space, comments and case, where PostgreSQL and H2 do not care. */
  @ParameterizedTest
  @EnumSource(
      value = ProductUnderTest.class,
      names = {"POSTGRESQL", "H2"})
  void dressDoesNotMatter(ProductUnderTest dialect) {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    Random random = new Random(seed);
    String[] gaps = {" ", "  ", "\n", "\t", " /* c */ ", "/**/", " -- x\n", "/* a /* b */ */"};
    SqlAnalyzer analyzer = dialect.analyzer();
    for (FactsTableTest.Row row : FactsTableTest.rows(dialect)) {
      Tokens tokens;
      try {
        tokens = new Lexer(row.sql(), dialect.syntax(), false, false).lex();
      } catch (Lexer.Failure unreadable) {
        continue;
      }
      if (tokens.hintComments.size() > 0) {
        continue;
      }
      StringBuilder dressed = new StringBuilder();
      for (int i = 0; i < tokens.size; i++) {
        if (tokens.gapBefore(i)) {
          String between = row.sql().substring(tokens.end(i - 1), tokens.start(i));
          boolean strings = tokens.kind(i) == Tokens.STRING && tokens.kind(i - 1) == Tokens.STRING;
          dressed.append(strings ? between : gaps[random.nextInt(gaps.length)]);
        }
        String spelled = tokens.spelling(i);
        boolean folds = dialect == ProductUnderTest.POSTGRESQL && tokens.kind(i) == Tokens.WORD;
        dressed.append(folds && random.nextBoolean() ? Tokens.upper(spelled) : spelled);
      }
      Analysis plain = analyzer.analyze(row.sql());
      Analysis other = analyzer.analyze(dressed.toString());
      assertThat(other.template()).as("seed %d: %s", seed, dressed).isEqualTo(plain.template());
      assertThat(other.literals()).as("seed %d: %s", seed, dressed).isEqualTo(plain.literals());
      assertThat(other.statements().stream().map(FactsText::of).toList())
          .as("seed %d: %s", seed, dressed)
          .isEqualTo(plain.statements().stream().map(FactsText::of).toList());
    }
  }
}
