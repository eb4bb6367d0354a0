package dev.larder.jdbc.internal.product.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/**
 * Of every setting that a session of MariaDB can have somebody has said what it is. One that is in
 * no list is part of the key; this test is for whoever then asks what it does to an answer.
 */
final class MariaDbSettingsTest {

  @Test
  void everySettingIsClassified() throws SQLException {
    try (TestDatabase database = Databases.mariadb();
        Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select lower(variable_name) from information_schema.system_variables where"
                    + " variable_scope like 'SESSION%' and read_only = 'NO'")) {
      while (rows.next()) {
        assertThat(MariaDbVariables.ALL.isClassified(rows.getString(1)))
            .as(rows.getString(1))
            .isTrue();
      }
    }
  }
}
