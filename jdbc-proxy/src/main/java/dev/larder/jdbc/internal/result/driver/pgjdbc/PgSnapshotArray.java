package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.driver.DriverAccess;
import dev.larder.jdbc.internal.result.driver.DriversArray;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgArray;

/** An array of a captured column: over its text, or what came in binary. For one thread. */
final class PgSnapshotArray extends DriversArray<PgArray> {

  private final int type;
  private final @Nullable String text;
  private final byte @Nullable [] binary;

  /**
   * @param elements a connection that knows the type of the elements
   * @param type the number of the array's type
   * @param binary null where the text is all that there is
   */
  PgSnapshotArray(
      BaseConnection elements, int type, @Nullable String text, byte @Nullable [] binary)
      throws SQLException {
    super(array(elements, type, text, binary));
    this.type = type;
    this.text = text;
    this.binary = binary;
  }

  @SuppressWarnings("NullAway") // the driver takes a missing text
  private static PgArray array(
      BaseConnection connection, int type, @Nullable String text, byte @Nullable [] binary)
      throws SQLException {
    return binary == null
        ? new PgArray(connection, type, text)
        : new PgArray(connection, type, binary);
  }

  @Override
  protected PgArray on(Statement statement) throws SQLException {
    return array(DriverAccess.driversOwn(statement, BaseConnection.class), type, text, binary);
  }

  @Override
  public String toString() {
    return own.toString();
  }
}
