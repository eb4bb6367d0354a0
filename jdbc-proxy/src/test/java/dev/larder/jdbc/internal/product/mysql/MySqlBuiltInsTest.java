package dev.larder.jdbc.internal.product.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which functions a server has by its version. */
class MySqlBuiltInsTest {

  @ParameterizedTest
  @CsvSource({
    "8.0.15, json_set, true",
    "8.0.16, json_overlaps, false",
    "8.0.17, json_overlaps, true",
    "8.0.20-log, json_value, false",
    "8.0.21-0ubuntu0.20.04.4, json_value, true",
    "8.4.3, json_value, true",
    "9.1.0-commercial, st_collect, true",
    "10.0.1, st_collect, true",
    "8.0.210, json_value, false",
    "a proxy, json_value, false",
    "8.4, json_value, false"
  })
  void aFunctionIsKnownFromItsReleaseOn(String version, String function, boolean known) {
    assertThat(MySqlBuiltIns.of(version).deterministic().contains(function)).isEqualTo(known);
  }

  @ParameterizedTest
  @CsvSource({"8.0.15, false", "8.0.16, true"})
  void harmlessOnesToo(String version, boolean known) {
    assertThat(MySqlBuiltIns.of(version).harmless().contains("ps_thread_id")).isEqualTo(known);
    assertThat(MySqlBuiltIns.of(version).harmless()).contains("rand");
  }
}
