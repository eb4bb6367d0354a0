package dev.larder.conformance.probe;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** What H2 runs as procedures, functions and triggers; it calls public classes only. Stateless. */
public final class H2Code {

  private H2Code() {}

  /** A function that reads a table. */
  public static int books(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from book")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** A function that writes. */
  public static int retitle(Connection connection, String title) throws SQLException {
    // H2 also runs a function to find out what its result looks like.
    if (connection.getMetaData().getURL().equals("jdbc:columnlist:connection")) {
      return 7;
    }
    try (PreparedStatement statement =
        connection.prepareStatement("update book set title = ? where id = 1")) {
      statement.setString(1, title);
      statement.executeUpdate();
    }
    return 7;
  }

  /** A trigger that writes to two other tables. */
  public static final class Note implements Trigger {
    @Override
    public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
        throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute("insert into log values ('changed')");
        statement.execute("update total set n = n + 1");
      }
    }
  }

  /** A trigger in place of a write to a view. */
  public static final class Instead implements Trigger {
    @Override
    public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
        throws SQLException {
      if (newRow != null) {
        try (PreparedStatement statement =
            connection.prepareStatement("update book set title = ? where id = 1")) {
          statement.setObject(1, newRow[1]);
          statement.executeUpdate();
        }
      }
    }
  }
}
