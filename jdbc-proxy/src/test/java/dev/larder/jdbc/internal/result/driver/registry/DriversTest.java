package dev.larder.jdbc.internal.result.driver.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.bind.ValueMoment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only releases that were compared answer from memory as the driver does. */
final class DriversTest {

  @ParameterizedTest
  @CsvSource({
    "PostgreSQL JDBC Driver, 42.7.3, false",
    "PostgreSQL JDBC Driver, 42.7.7, true",
    "PostgreSQL JDBC Driver, 42.7.9, false",
    "PostgreSQL JDBC Driver, 42.7.10, true",
    "PostgreSQL JDBC Driver, 42.7.14, true",
    "PostgreSQL JDBC Driver, 42.8.0, false",
    "H2 JDBC Driver, '2.3.232 (2024-08-11)', true",
    "H2 JDBC Driver, '1.4.200 (2019-10-14)', false",
    "MariaDB Connector/J, 3.5.8, false",
    "MariaDB Connector/J, 3.5.11, true",
    "MariaDB Connector/J, 4.0.0, true",
    "MariaDB Connector/J, 4.0.1, false",
    "Oracle JDBC driver, 23.4.0, false",
    "H2 JDBC Driver, unknown, false",
    ", , false"
  })
  void theReleaseDecides(String name, String version, boolean proven) {
    assertThat(Drivers.of(name, version).isProven()).isEqualTo(proven);
    assertThat(Drivers.of(name, version) == Drivers.STANDARD).isNotEqualTo(proven);
  }

  @Test
  void parametersAreTakenAsTheDriverTakesThem() {
    assertThat(Drivers.valueMoment("PostgreSQL JDBC Driver", "42.2.0"))
        .isEqualTo(ValueMoment.SETTER);
    assertThat(Drivers.valueMoment("H2 JDBC Driver", "1.4.200")).isEqualTo(ValueMoment.SETTER);
    assertThat(Drivers.valueMoment("MariaDB Connector/J", "3.0.3"))
        .isEqualTo(ValueMoment.EXECUTION);
    assertThat(Drivers.valueMoment("MariaDB Connector/J", "2.7.0")).isEqualTo(ValueMoment.UNKNOWN);
    assertThat(Drivers.valueMoment("Oracle JDBC driver", "23.4")).isEqualTo(ValueMoment.UNKNOWN);
  }

  @Test
  void releasesAreComparedAsNumbers() {
    DriverRelease ten = DriverRelease.named("42.7.10");
    assertThat(ten).isGreaterThan(DriverRelease.named("42.7.9"));
    assertThat(ten).isEqualByComparingTo(DriverRelease.named("42.7.10-SNAPSHOT"));
    assertThat(DriverRelease.of("42.7")).isNull();
  }
}
