package dev.larder.jdbc.internal.product.mysqlprotocol;

import dev.larder.jdbc.internal.session.SharedLock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A user-level lock; those are exclusive, so there are several names. Stateless. */
public final class UserLock implements SharedLock {

  private static final int NAMES = 16;
  private static final String NAME = "concat('larder.lost.', crc32(database()), '.%d')";

  private static final String LOOK =
      IntStream.range(0, NAMES)
          .mapToObj(i -> "(is_used_lock(" + NAME.formatted(i) + ") is not null)")
          .collect(Collectors.joining(" + ", "select ", ""));

  @Override
  public void take(Connection connection, int seconds) throws SQLException {
    for (int i = 0; i < NAMES; i++) {
      if (number(connection, "select get_lock(" + NAME.formatted(i) + ", 0)", seconds) == 1) {
        return;
      }
    }
    throw new SQLException("so many nodes are isolated that there is no name left", "55P03");
  }

  @Override
  public boolean isHeldByAnyone(Connection connection, int seconds) throws SQLException {
    return number(connection, LOOK, seconds) > 0;
  }

  private static long number(Connection connection, String sql, int seconds) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(seconds);
      try (ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
