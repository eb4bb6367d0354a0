package dev.larder.jdbc.internal.product.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MySQL is told from others that speak its protocol. */
final class MySqlServerTest {

  @Test
  void theServerOfTheTestsIsKnown() throws SQLException {
    try (TestDatabase database = Databases.mysql();
        Connection connection = database.connect()) {
      MySqlServer server = MySqlServer.of(connection);
      assertThat(server.isKnown()).as("%s", server).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "8.0.15|MySQL Community Server - GPL",
        "8.4.3|MySQL Community Server - GPL",
        "8.0.36-0ubuntu0.22.04.1|(Ubuntu)",
        "8.0.35|Source distribution",
        "9.7.0-commercial|MySQL Enterprise Server - Commercial",
      })
  void releasesOfMySqlAreKnown(String version, String comment) {
    assertThat(new MySqlServer(version, comment, List.of()).isKnown()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "8.0.11-TiDB-v7.5.1|TiDB Server (Apache License 2.0) Community Edition",
        "5.7.44|MySQL Community Server (GPL)",
        "8.0.12|MySQL Community Server - GPL",
        "8.0.36-28|Percona Server (GPL), Release 28",
        "8.0.mysql_aurora.3.05.2|Source distribution",
        "8.0.30-Vitess|Version: 19.0.4",
        "8.0.33|Dolt",
        "8.0.31-google|(Google)",
        "11.4.5-MariaDB|MariaDB Server",
        "8.0.35|(ProxySQL)",
        "null|null",
      })
  void othersAreNamedAndNotTakenForIt(String version, String comment) {
    MySqlServer server = new MySqlServer(version, comment, List.of());
    assertThat(server.isKnown()).isFalse();
    assertThat(server.toString()).contains(version).contains(comment);
  }

  @Test
  void whatOnlyOthersHaveTellsThem() {
    MySqlServer server =
        new MySqlServer("8.0.28", "Source distribution", List.of("aurora_version"));
    assertThat(server.isKnown()).isFalse();
    assertThat(server.toString()).contains("aurora_version");
  }
}
