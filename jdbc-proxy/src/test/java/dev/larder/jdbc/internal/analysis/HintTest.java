package dev.larder.jdbc.internal.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.product.ProductUnderTest;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HintTest {

  private static Hints hints(String comment) {
    return ProductUnderTest.POSTGRESQL.analyzer().analyze("select " + comment + " 1").hints();
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "5m, PT5M",
    "2h, PT2H",
    "PT1M, PT1M",
    "0s, PT0S",
    "-5s, ",
    "5, ",
    "s, ",
    "99999999999999999999s, ",
    "9999999999999999h, "
  })
  void aTimeToLive(String text, @Nullable Duration ttl) {
    assertThat(hints("/* larder(ttl=" + text + ") */").ttl()).isEqualTo(ttl);
  }

  @Test
  void aCacheAboveThatAccountsForTheRows() {
    assertThat(hints("/* larder(kept=1:library.Book) */").kept()).isEqualTo("1:library.Book");
    assertThat(hints("/* larder(kept=) */").kept()).isNull();
    assertThat(hints("/* larder(bypass) */").kept()).isNull();
  }

  @Test
  void severalAsksTogether() {
    assertThat(hints("/*+ larder(ttl=30s, tag=a tag=b,replica) */ /* LARDER ( bypass ) */"))
        .isEqualTo(
            new Hints(true, Duration.ofSeconds(30), Set.of("a", "b"), Hints.Node.REPLICA, null));
    assertThat(hints("/* larder(replica) */ /* larder(primary) */").node())
        .isEqualTo(Hints.Node.PRIMARY);
    assertThat(hints("/* larder(ttl=30s) */ /* larder(ttl=10s) */").ttl())
        .isEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/* larder */",
        "/* larder( */",
        "/* larder() */",
        "/* not larder(bypass) */",
        "'/* larder(bypass) */',",
        "/* larder(bypass=maybe) */",
        "/* larder(tag=) */",
        "/* larder)bypass( */",
        "-- larder(bypass)\n"
      })
  void whatIsMalformedAsksForNothing(String comment) {
    assertThat(hints(comment)).isEqualTo(Hints.NONE);
  }

  @ParameterizedTest
  @EnumSource(ProductUnderTest.class)
  void everyDialectReadsThem(ProductUnderTest dialect) {
    SqlAnalyzer analyzer = dialect.analyzer();
    assertThat(analyzer.analyze("/* larder(bypass) */ select 1").hints().bypass()).isTrue();
    assertThat(analyzer.analyze("select 1 /*+ larder(bypass) */").hints().bypass()).isTrue();
  }
}
