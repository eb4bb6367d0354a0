package dev.larder.jdbc.internal.product.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Of every setting that a session of MySQL can have somebody has said what it is. One that is in no
 * list is part of the key; this test is for whoever then asks what it does to an answer.
 */
final class MySqlSettingsTest {

  @Test
  void everySettingIsClassified() throws SQLException {
    List<String> names = new ArrayList<>();
    try (TestDatabase database = Databases.mysql();
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("show session variables")) {
        while (rows.next()) {
          names.add(rows.getString(1).toLowerCase(Locale.ROOT));
        }
      }
      for (String name : names) {
        assertThat(MySqlVariables.ALL.isClassified(name) || isGlobal(statement, name))
            .as(name)
            .isTrue();
      }
    }
  }

  private static boolean isGlobal(Statement statement, String name) {
    try (ResultSet row = statement.executeQuery("select @@session." + name)) {
      return row == null;
    } catch (SQLException refused) {
      return true;
    }
  }
}
