package dev.larder.jdbc.equivalence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** What H2's aliases call. Stateless and thread-safe. */
public final class H2Routines {

  private H2Routines() {}

  public static @Nullable Integer plusOne(@Nullable Integer x) {
    return x == null ? null : x + 1;
  }

  public static @Nullable Long total(Connection connection, @Nullable Integer x)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from public.t1")) {
      row.next();
      return x == null ? null : x + row.getLong(1);
    }
  }

  public static int bump(Connection connection, int x) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("insert into public.log values (" + x + ", 'bump')");
    }
    return x;
  }
}
