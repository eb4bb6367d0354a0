package dev.larder.jdbc.internal.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.product.ProductUnderTest;
import dev.larder.jdbc.internal.settings.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementCacheTest {

  private final Counters counters = new Counters();
  private final StatementCache cache =
      new StatementCache(
          ProductUnderTest.POSTGRESQL.syntax(),
          ProductUnderTest.POSTGRESQL.product().settingStatements(),
          Settings.DEFAULTS,
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
