package dev.larder.jdbc.internal.proxy;

import dev.larder.invalidation.ChangeSet;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.delegate.ResultSetDelegate;
import dev.larder.jdbc.internal.eligibility.Effects;
import dev.larder.jdbc.internal.eligibility.Plan;
import dev.larder.jdbc.internal.execution.WritePath;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The driver's own result, without the way back to the driver's statement. As thread-safe as that.
 */
final class LiveResultSet extends ResultSetDelegate {

  /** Which table an updatable result writes to is the driver's to know. */
  private static final Plan WRITES_ANYTHING =
      Plan.uncacheable(
          BypassReason.NOT_A_QUERY,
          "",
          false,
          new Effects(ChangeSet.EVERYTHING, false, false, List.of(), List.of()));

  private final ResultSet own;
  private final @Nullable Statement statement;
  private final LarderConnection connection;

  LiveResultSet(ResultSet own, @Nullable Statement statement, LarderConnection connection) {
    this.own = own;
    this.statement = statement;
    this.connection = connection;
  }

  @Override
  protected ResultSet delegate() {
    return own;
  }

  @Override
  @SuppressWarnings("NullAway") // JDBC allows null for a result that no statement produced
  public Statement getStatement() throws SQLException {
    if (own.isClosed()) {
      return own.getStatement();
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    own.close();
    if (statement instanceof LarderStatement ours) {
      ours.resultClosed(this);
    }
  }

  @Override
  public void updateRow() throws SQLException {
    write(own::updateRow);
  }

  @Override
  public void insertRow() throws SQLException {
    write(own::insertRow);
  }

  @Override
  public void deleteRow() throws SQLException {
    write(own::deleteRow);
  }

  private void write(RowCall call) throws SQLException {
    WritePath.Call<Boolean> once =
        () -> {
          call.run();
          return true;
        };
    connection
        .pipeline()
        .writePath()
        .run(connection, WRITES_ANYTHING, position -> null, null, once);
  }

  private interface RowCall {
    void run() throws SQLException;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    T driverOwn = own.unwrap(type);
    connection.lentOut();
    return driverOwn;
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || own.isWrapperFor(type);
  }
}
