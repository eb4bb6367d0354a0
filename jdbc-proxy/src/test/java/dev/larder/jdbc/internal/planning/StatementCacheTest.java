package dev.larder.jdbc.internal.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.catalog.SearchPath;
import dev.larder.jdbc.internal.eligibility.StatementEffects;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.eligibility.UncacheableStatement;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.product.ProductUnderTest;
import dev.larder.jdbc.internal.settings.Settings;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StatementCacheTest {

  private final Counters counters = new Counters();
  private final StatementCache cache =
      new StatementCache(
          ProductUnderTest.POSTGRESQL.syntax(),
          ProductUnderTest.POSTGRESQL.product().settingStatements(),
          Settings.DEFAULTS.analysis(),
          counters);

  private Analysis analyze(String sql) {
    return cache.know(sql).analysis();
  }

  @Test
  void aTextIsMetOnce() {
    CachedStatement first = cache.know("select * from t where id = 1");
    assertThat(cache.know("select * from t where id = 1")).isSameAs(first);
    assertThat(cache.analyze("select * from t where id = 1")).isSameAs(first.analysis());
    assertThat(counters.analysedTexts.sum()).isEqualTo(1);
  }

  @Test
  void textsOfOneTemplateShareTheirFacts() {
    Analysis one = analyze("select * from t where id = 1");
    Analysis two = analyze("SELECT * FROM t WHERE id = 2");
    assertThat(two.statements().get(0)).isSameAs(one.statements().get(0));
    assertThat(two.literals()).containsExactly("2");
    assertThat(counters.analysedTexts.sum()).isEqualTo(1);
  }

  @Test
  void whereALiteralDecidesTheFactsAreNotShared() {
    for (String form :
        List.of("select set_config('app.t', '%s', false)", "set app.t = '%s'", "set role '%s'")) {
      Facts a = analyze(form.formatted("A")).statements().get(0);
      Facts b = analyze(form.formatted("B")).statements().get(0);
      assertThat(a.session()).as(form).isNotEqualTo(b.session());
    }
    assertThat(counters.analysedTexts.sum()).isZero();
  }

  @Test
  void textsOfOneTemplateShareTheirPlan() {
    CachedStatement one = cache.know("select * from t where id = 1");
    CachedStatement.Planned planned =
        new CachedStatement.Planned(
            CatalogueVersion.NONE.edition(),
            SearchPath.UNKNOWN,
            new UncacheableStatement(BypassReason.HINT, "", true, StatementEffects.NONE));
    one.planned(planned);
    assertThat(cache.know("select * from t where id = 2").planned()).isSameAs(planned);
    assertThat(cache.know("select * from t where id = 1 /* trace=7 */").planned())
        .isSameAs(planned);
    for (String other :
        List.of(
            "select * from t where id = 1 /* larder(ttl=30s) */",
            "select * from t where id = 1 /* larder(tag=a) */",
            "select * from t where id = 1 /* larder(bypass) */",
            "select * from t where name = 'x'",
            "select id from t where id = 1")) {
      assertThat(cache.know(other).planned()).as(other).isNull();
    }
    String named = "select * from t where name = '%s'";
    cache.know(named.formatted("Ann")).planned(planned);
    assertThat(cache.know(named.formatted("today")).planned()).isNull();
  }

  @Test
  void whatATextShowedIsKnownOfItsTemplate() {
    CachedStatement one = cache.know("select * from t where id = 1");
    StatementPlan plan =
        new UncacheableStatement(BypassReason.HINT, "", true, StatementEffects.NONE);
    one.planned(
        new CachedStatement.Planned(CatalogueVersion.NONE.edition(), SearchPath.UNKNOWN, plan));
    cache.know("select * from t where id = 2").learn(plan, BypassReason.COLUMN_TYPE, "money");
    assertThat(Objects.requireNonNull(one.planned()).plan()).isNotSameAs(plan);
  }

  @Test
  void longTextsAreNotKept() {
    String sql = "select '" + "x".repeat(20_000) + "'";
    CachedStatement first = cache.know(sql);
    CachedStatement second = cache.know(sql);
    assertThat(second).isNotSameAs(first);
    assertThat(second.analysis().statements().get(0))
        .isSameAs(first.analysis().statements().get(0));
  }

  @Test
  void nothingIsKnownOnceItIsForgotten() {
    CachedStatement first = cache.know("select 1");
    cache.forget();
    assertThat(cache.know("select 1")).isNotSameAs(first);
    assertThat(counters.analysedTexts.sum()).isEqualTo(2);
  }

  @Test
  void anInterruptedCallerGetsAnAnswerThatIsNotKept() {
    Thread.currentThread().interrupt();
    Facts interrupted = analyze("select * from t").statements().get(0);
    assertThat(Thread.interrupted()).isTrue();
    // A parse that ended before the wait for it began needs no waiting.
    assertThat(interrupted.obstacles().stream().map(Facts.Obstacle::reason))
        .isSubsetOf(BypassReason.ANALYSIS_TIMEOUT);
    assertThat(cache.analyze("select * from t").statements().get(0).obstacles()).isEmpty();
  }
}
