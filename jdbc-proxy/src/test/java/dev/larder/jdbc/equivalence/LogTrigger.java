package dev.larder.jdbc.equivalence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** H2's trigger: writes a line to the log for each row. As thread-safe as its connection. */
public final class LogTrigger implements Trigger {

  private String name = "";

  @Override
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String table,
      boolean before,
      int type) {
    name = trigger.toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    Object[] row = newRow != null ? newRow : oldRow;
    try (PreparedStatement insert =
        connection.prepareStatement("insert into public.log values (?, ?)")) {
      insert.setObject(1, row == null ? null : row[0]);
      insert.setString(2, name);
      insert.executeUpdate();
    }
  }
}
