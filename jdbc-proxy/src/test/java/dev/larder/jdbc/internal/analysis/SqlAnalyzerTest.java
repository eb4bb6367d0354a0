package dev.larder.jdbc.internal.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Facts.Kind;
import dev.larder.jdbc.internal.product.ProductUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlAnalyzerTest {

  private static Facts only(ProductUnderTest dialect, String sql) {
    List<Facts> statements = dialect.analyzer().analyze(sql).statements();
    assertThat(statements).hasSize(1);
    return statements.get(0);
  }

  private static List<BypassReason> reasons(Facts facts) {
    return facts.obstacles().stream().map(Facts.Obstacle::reason).toList();
  }

  @Test
  void textsOfOneTemplateShareTheirFacts() {
    SqlAnalyzer analyzer = ProductUnderTest.POSTGRESQL.analyzer();
    LexedText one = analyzer.lex("select * from t where id = 1");
    LexedText two = analyzer.lex("SELECT * FROM t WHERE id = 2");
    assertThat(one.sharesFacts()).isTrue();
    assertThat(two.template()).isEqualTo(one.template());
    assertThat(two.with(two.template(), analyzer.analyze(one).statements()))
        .isEqualTo(analyzer.analyze(two));
  }

  @Test
  void whereALiteralDecidesTheFactsAreNotShared() {
    SqlAnalyzer analyzer = ProductUnderTest.POSTGRESQL.analyzer();
    for (String sql :
        List.of("select set_config('app.t', 'A', false)", "set app.t = 'A'", "set role 'A'")) {
      assertThat(analyzer.lex(sql).sharesFacts()).as(sql).isFalse();
      assertThat(analyzer.analyze(sql).isRememberable()).as(sql).isTrue();
    }
  }

  @Test
  void aTextThatIsNotUnderstoodMayBeRememberedByItself() {
    Analysis analysis = ProductUnderTest.POSTGRESQL.analyzer().analyze("select 'x");
    assertThat(reasons(analysis.statements().get(0))).containsExactly(BypassReason.UNPARSEABLE);
    assertThat(analysis.reuse()).isEqualTo(Analysis.Reuse.TEXT);
  }

  @Test
  void aHundredThousandLiteralsAreScannedButNotParsed() {
    String list =
        IntStream.range(0, 100_000)
            .mapToObj(Integer::toString)
            .reduce(
                new StringBuilder("1"), (b, s) -> b.append(", ").append(s), StringBuilder::append)
            .toString();
    Facts query = only(ProductUnderTest.POSTGRESQL, "select * from t where id in (" + list + ")");
    assertThat(query.kind()).isEqualTo(Kind.QUERY);
    assertThat(query.reads()).containsExactly(ObjectName.of("t"));
    assertThat(reasons(query)).containsExactly(BypassReason.TEXT_TOO_LARGE);
    Analysis analysis =
        ProductUnderTest.POSTGRESQL.analyzer().analyze("delete from t where id in (" + list + ")");
    assertThat(analysis.literals()).isEmpty();
    assertThat(FactsText.of(analysis.statements().get(0))).isEqualTo("WRITE writes=DELETE t");
    Facts hidden =
        only(
            ProductUnderTest.POSTGRESQL,
            "with x as (delete from t where id in (" + list + ") returning *) select * from x");
    assertThat(hidden.writes()).hasSize(1);
  }

  @Test
  void aTextOfMegabytesIsReadAsFarAsItIsSafe() {
    String rows = "(1, 'a', ?),".repeat(200_000) + "(1, 'a', ?)";
    assertThat(FactsText.of(only(ProductUnderTest.POSTGRESQL, "insert into t values " + rows)))
        .isEqualTo("WRITE writes=INSERT t");
    assertThat(only(ProductUnderTest.H2, "select " + "a, ".repeat(500_000) + "1").kind())
        .isEqualTo(Kind.UNKNOWN);
    assertThat(only(ProductUnderTest.MARIADB, "select " + "(".repeat(2_000_000)).kind())
        .isEqualTo(Kind.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 1_000})
  void deepTextsAreNotParsed(int depth) {
    String cases =
        IntStream.range(0, depth)
            .mapToObj(i -> "x")
            .reduce("x", (inner, x) -> "case when a = 1 then " + inner + " else 2 end");
    for (String sql :
        List.of(
            "select " + cases + " from t",
            "select * from t where " + "(".repeat(2 * depth) + "1" + ")".repeat(2 * depth) + " = 1",
            "select " + "f(".repeat(2 * depth) + "1" + ")".repeat(2 * depth) + " from t")) {
      Facts facts = only(ProductUnderTest.POSTGRESQL, sql);
      assertThat(facts.kind()).isEqualTo(Kind.QUERY);
      assertThat(facts.reads()).contains(ObjectName.of("t"));
      assertThat(reasons(facts)).containsExactly(BypassReason.TEXT_TOO_LARGE);
    }
  }

  @Test
  void aParseThatTakesTooLongStops() {
    AnalysisLimits limits = new AnalysisLimits(1 << 20, 1 << 20, 1 << 20, Duration.ofMillis(50));
    SqlAnalyzer analyzer = ProductUnderTest.POSTGRESQL.analyzer(limits);
    for (int i = 0; i < 4; i++) {
      Facts facts =
          analyzer
              .analyze("select * from t where " + "(".repeat(3_000) + "1" + ")".repeat(3_000))
              .statements()
              .get(0);
      assertThat(reasons(facts)).containsExactly(BypassReason.ANALYSIS_TIMEOUT);
    }
    // Four would have blocked the two parser threads, had they not come back.
    SqlAnalyzer other = ProductUnderTest.POSTGRESQL.analyzer();
    assertThat(other.analyze("select 1").statements().get(0).obstacles()).isEmpty();
  }

  @Test
  void whatAnInterruptedCallerIsToldIsTrue() {
    SqlAnalyzer analyzer = ProductUnderTest.POSTGRESQL.analyzer();
    Thread.currentThread().interrupt();
    Analysis interrupted = analyzer.analyze("select * from t");
    assertThat(Thread.interrupted()).isTrue();
    // A parse that ended before the wait for it began needs no waiting.
    boolean parsed = interrupted.statements().get(0).obstacles().isEmpty();
    assertThat(interrupted.isRememberable()).isEqualTo(parsed);
    assertThat(reasons(interrupted.statements().get(0))).isSubsetOf(BypassReason.ANALYSIS_TIMEOUT);
    assertThat(analyzer.analyze("select * from t").statements().get(0).obstacles()).isEmpty();
  }

  @Test
  void aDefinitionIsOneStatement() {
    SqlAnalyzer analyzer = ProductUnderTest.POSTGRESQL.analyzer();
    assertThat(analyzer.factsOfQuery(" SELECT a.x FROM a;").reads())
        .containsExactly(ObjectName.of("a"));
    assertThat(analyzer.factsOfQuery("select 1; select 2").kind()).isEqualTo(Kind.UNKNOWN);
    assertThat(analyzer.factsOfQuery("").kind()).isEqualTo(Kind.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(ProductUnderTest.class)
  void noValueOfALiteralIsInAnObstacle(ProductUnderTest dialect) {
    for (String sql :
        List.of(
            "select 'secret' from t where 'secret' order order",
            "set x = 'secret' || 'secret'",
            "delete 'secret'",
            "call p('secret')",
            "'secret'")) {
      for (Facts facts : dialect.analyzer().analyze(sql).statements()) {
        assertThat(facts.obstacles().toString()).doesNotContain("secret");
      }
    }
  }
}
