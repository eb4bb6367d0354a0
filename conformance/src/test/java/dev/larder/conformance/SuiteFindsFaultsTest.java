package dev.larder.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two bad caches: the suite says of each what is wrong with it. */
final class SuiteFindsFaultsTest {

  /** Also shows that no probe blames a cache for what the database itself does. */
  @Test
  void aCacheThatNeverCachesIsNeverWrongAndIsFoundOut() {
    neverWrongAndFoundOut(Product.H2);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(
      value = Product.class,
      names = {"POSTGRESQL", "MARIADB", "MYSQL"})
  void aCacheThatNeverCachesOnAServer(Product product) {
    neverWrongAndFoundOut(product);
  }

  private static void neverWrongAndFoundOut(Product product) {
    Report report = run(new NeverCaching(), product);
    assertThat(report.count(Verdict.Failed.class)).as(report::asText).isZero();
    assertThat(report.count(Verdict.Broken.class)).as(report::asText).isZero();
    assertThat(report.count(Verdict.NotCached.class))
        .isGreaterThan(report.count(Verdict.Passed.class));
  }

  @Test
  void aCacheThatForgetsNothingIsWrongInMostProbes() {
    Report report = run(new NaiveMap(), Product.H2);
    assertThat(report.count(Verdict.Failed.class))
        .as(report::asText)
        .isGreaterThan(report.count(Verdict.Passed.class) + report.count(Verdict.NotCached.class));
  }

  private static Report run(Subject subject, Product product) {
    Report report = new Report();
    for (Probe probe : Suite.probes()) {
      report.add(subject, probe, product, Suite.verdict(subject, probe, product));
    }
    return report;
  }
}
