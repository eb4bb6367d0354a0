package dev.larder.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.larder.testkit.Product;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Larder passes every probe on every database. */
final class ConformanceTest {

  private static final Subject LARDER = new LarderSubject();
  private static final Report REPORT = new Report();

  /**
   * A part of a probe's name, or several, to run a few: {@code -Dlarder.conformance.only="set
   * role|newest"}.
   */
  private static final Pattern ONLY =
      Pattern.compile(System.getProperty("larder.conformance.only", ""));

  @TestFactory
  Stream<DynamicTest> larderPassesEveryProbe() {
    return Suite.probes().stream()
        .filter(probe -> ONLY.matcher(probe.name()).find())
        .flatMap(probe -> Stream.of(Product.values()).map(product -> test(probe, product)));
  }

  private static DynamicTest test(Probe probe, Product product) {
    return dynamicTest(
        probe.name() + " on " + product,
        () -> {
          Verdict verdict = Suite.verdict(LARDER, probe, product);
          REPORT.add(LARDER, probe, product, verdict);
          if (verdict instanceof Verdict.Broken broken) {
            throw new AssertionError(probe.sentence(), broken.cause());
          }
          // Nothing but the product may be the reason why a story cannot be told of Larder.
          assertThat(verdict)
              .as(probe.sentence())
              .isEqualTo(
                  probe.products().contains(product)
                      ? new Verdict.Passed()
                      : Suite.notAFeatureOf(product));
        });
  }

  @AfterAll
  static void printTheTable() {
    System.out.println(REPORT.asText());
  }
}
