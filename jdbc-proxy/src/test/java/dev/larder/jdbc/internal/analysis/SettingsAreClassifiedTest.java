package dev.larder.jdbc.internal.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.h2.command.dml.SetTypes;
import org.junit.jupiter.api.Test;

/**
 * Of every setting that a session of a product can have somebody has said what it is. One that is
 * in no list is part of the key; this test is for whoever then asks what it does to an answer.
 */
final class SettingsAreClassifiedTest {

  @Test
  void thoseOfPostgres() throws SQLException {
    try (TestDatabase database = Databases.postgres();
        Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select lower(name) from pg_settings where context in ('user', 'superuser')"
                    + " and position('.' in name) = 0")) {
      while (rows.next()) {
        assertThat(PostgresSettings.isClassified(rows.getString(1))).as(rows.getString(1)).isTrue();
      }
    }
  }

  @Test
  void thoseOfMariaDb() throws SQLException {
    try (TestDatabase database = Databases.mariadb();
        Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select lower(variable_name) from information_schema.system_variables where"
                    + " variable_scope like 'SESSION%' and read_only = 'NO'")) {
      while (rows.next()) {
        assertThat(MariaDbSettings.isClassified(rows.getString(1))).as(rows.getString(1)).isTrue();
      }
    }
  }

  @Test
  void thoseOfH2() {
    for (String name : SetTypes.getTypes()) {
      if (name.equals("@")) {
        // A variable, which has a name of its own.
        continue;
      }
      assertThat(H2Settings.isClassified(name.toUpperCase(Locale.ROOT).replace(' ', '_')))
          .as(name)
          .isTrue();
    }
  }

  @Test
  void aNameThatOnlyBeginsLikeAHarmlessOneIsPartOfTheKey() {
    for (String name :
        List.of("enable_", "log_tenant.id", "jit.tenant", "geqo_x", "cpu_owner.id", "track_me")) {
      assertThat(PostgresSettings.isNeutral(name)).as(name).isFalse();
    }
  }
}
