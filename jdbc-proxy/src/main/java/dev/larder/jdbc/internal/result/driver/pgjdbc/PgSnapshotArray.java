package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.column.SnapshotArray;
import dev.larder.jdbc.internal.result.driver.DriverAccess;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgArray;

/**
 * An array of a captured column: the driver's own, over its text or what came in binary. For one
 * thread.
 */
@SuppressWarnings("NullAway") // what the driver gives and takes is handed on as it is
final class PgSnapshotArray extends SnapshotArray {

  private final int type;
  private final PgArray own;
  private final @Nullable String text;
  private final byte @Nullable [] binary;
  private boolean freed;

  /**
   * @param elements a connection that knows the type of the elements
   * @param type the number of the array's type
   * @param binary null where the text is all that there is
   */
  PgSnapshotArray(
      BaseConnection elements, int type, @Nullable String text, byte @Nullable [] binary)
      throws SQLException {
    this.type = type;
    this.text = text;
    this.binary = binary;
    this.own = over(elements);
  }

  private PgArray over(BaseConnection connection) throws SQLException {
    return binary == null
        ? new PgArray(connection, type, text)
        : new PgArray(connection, type, binary);
  }

  @Override
  protected ResultSet rows(Statement statement, Rows rows) throws SQLException {
    PgArray live = over(DriverAccess.driversOwn(statement, BaseConnection.class));
    if (freed) {
      live.free();
    }
    return DriverAccess.ofItsOwn(statement, rows.of(live));
  }

  @Override
  public String getBaseTypeName() throws SQLException {
    return own.getBaseTypeName();
  }

  @Override
  public int getBaseType() throws SQLException {
    return own.getBaseType();
  }

  @Override
  public Object getArray() throws SQLException {
    return own.getArray();
  }

  @Override
  public Object getArray(Map<String, Class<?>> map) throws SQLException {
    return own.getArray(map);
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    return own.getArray(index, count);
  }

  @Override
  public Object getArray(long index, int count, Map<String, Class<?>> map) throws SQLException {
    return own.getArray(index, count, map);
  }

  @Override
  public void free() throws SQLException {
    freed = true;
    own.free();
  }

  @Override
  public String toString() {
    return own.toString();
  }
}
