package dev.larder.jdbc.internal.result.driver.mariadb;

import dev.larder.jdbc.internal.result.driver.DriverAccess;
import dev.larder.jdbc.internal.result.driver.DriversArray;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Connection;
import org.mariadb.jdbc.client.Context;
import org.mariadb.jdbc.plugin.array.FloatArray;

/** An array of a captured column, over numbers of its own. For one thread. */
final class MariaSnapshotArray extends DriversArray<FloatArray> {

  private final float[] elements;

  /**
   * @param context one that knows the settings
   */
  MariaSnapshotArray(float[] elements, Context context) {
    super(new FloatArray(elements, context));
    this.elements = elements;
  }

  @Override
  protected FloatArray on(Statement statement) throws SQLException {
    return new FloatArray(
        elements, DriverAccess.driversOwn(statement, Connection.class).getContext());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return own.equals(other instanceof MariaSnapshotArray array ? array.own : other);
  }

  @Override
  public int hashCode() {
    return own.hashCode();
  }
}
