package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Who commits or rolls back in auto-commit mode keeps the connection, whatever the driver says of
 * it: Connector/J's words have the state of a lost connection.
 */
final class EndInAutoCommitTest {

  @EachDatabase
  void theConnectionLivesOn(TestDatabase database) throws SQLException {
    try (LarderDataSource larder = LarderDataSource.wrap(database.dataSource());
        Connection direct = database.connect();
        Connection cached = larder.getConnection()) {
      for (int time = 0; time < 2; time++) {
        assertThat(ended(cached, Connection::rollback))
            .isEqualTo(ended(direct, Connection::rollback));
        assertThat(read(cached)).isEqualTo(1);
        assertThat(ended(cached, Connection::commit)).isEqualTo(ended(direct, Connection::commit));
        assertThat(read(cached)).isEqualTo(1);
      }
      assertThat(cached.isClosed()).isFalse();
    }
  }

  /** An end of a transaction. */
  private interface End {
    void of(Connection connection) throws SQLException;
  }

  private static String ended(Connection connection, End end) {
    try {
      end.of(connection);
      return "nothing";
    } catch (SQLException refused) {
      return refused.getSQLState() + " " + refused.getMessage();
    }
  }

  private static int read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select 1")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
