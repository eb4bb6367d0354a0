package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.internal.delegate.ResultSetDelegate;
import dev.larder.jdbc.internal.waiting.WaitEnd;
import java.sql.Array;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The driver's own result, without the way back to the driver's statement. As thread-safe as that.
 */
@SuppressWarnings("NullAway") // what the driver gives and takes is handed on as it is
final class LiveResultSet extends ResultSetDelegate {

  private final ResultSet own;
  private @Nullable Statement statement;
  private final ConnectionContext connection;

  /**
   * @param statement which the application ran it with; null where the driver made one for it
   */
  LiveResultSet(ResultSet own, @Nullable Statement statement, ConnectionContext connection) {
    this.own = own;
    this.statement = statement;
    this.connection = connection;
  }

  @Override
  protected ResultSet delegate() {
    return own;
  }

  /** A driver may meet a fault of its own where another thread closes what it reads from. */
  @Override
  protected SQLException met(RuntimeException fault) {
    boolean ended =
        connection.isMarkedClosed()
            || (statement instanceof LarderStatement ours && ours.ended() != null);
    if (!ended) {
      throw fault;
    }
    return WaitEnd.STATEMENT_CLOSED.exception(connection.interruptions(), fault);
  }

  @Override
  public Statement getStatement() throws SQLException {
    Statement ours = statement;
    if (ours != null && !own.isClosed()) {
      return ours;
    }
    // Where it is closed, that is the driver's to say.
    Statement drivers = own.getStatement();
    if (ours == null && drivers != null) {
      ours = new LarderStatement(connection, drivers);
      statement = ours;
    }
    return drivers == null ? null : ours;
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    SQLWarning warnings = own.getWarnings();
    return warnings == null && statement instanceof LarderStatement ours
        ? ours.takeWarnings(this)
        : warnings;
  }

  @Override
  public void close() throws SQLException {
    own.close();
    if (statement instanceof LarderStatement ours) {
      ours.resultClosed(this);
    }
  }

  @Override
  public Object getObject(int column) throws SQLException {
    return DriverObjects.guarded(super.getObject(column), connection);
  }

  @Override
  public Object getObject(String label) throws SQLException {
    return DriverObjects.guarded(super.getObject(label), connection);
  }

  @Override
  public Object getObject(int column, Map<String, Class<?>> map) throws SQLException {
    return DriverObjects.guarded(super.getObject(column, map), connection);
  }

  @Override
  public Object getObject(String label, Map<String, Class<?>> map) throws SQLException {
    return DriverObjects.guarded(super.getObject(label, map), connection);
  }

  @Override
  public <T> T getObject(int column, Class<T> type) throws SQLException {
    return DriverObjects.guarded(super.getObject(column, type), type, connection);
  }

  @Override
  public <T> T getObject(String label, Class<T> type) throws SQLException {
    return DriverObjects.guarded(super.getObject(label, type), type, connection);
  }

  @Override
  public Array getArray(int column) throws SQLException {
    return (Array) DriverObjects.guarded(super.getArray(column), connection);
  }

  @Override
  public Array getArray(String label) throws SQLException {
    return (Array) DriverObjects.guarded(super.getArray(label), connection);
  }

  @Override
  public Ref getRef(int column) throws SQLException {
    return (Ref) DriverObjects.guarded(super.getRef(column), connection);
  }

  @Override
  public Ref getRef(String label) throws SQLException {
    return (Ref) DriverObjects.guarded(super.getRef(label), connection);
  }

  @Override
  public void updateArray(int column, Array x) throws SQLException {
    own.updateArray(column, DriverObjects.own(x));
  }

  @Override
  public void updateArray(String label, Array x) throws SQLException {
    own.updateArray(label, DriverObjects.own(x));
  }

  @Override
  public void updateRef(int column, Ref x) throws SQLException {
    own.updateRef(column, DriverObjects.own(x));
  }

  @Override
  public void updateRef(String label, Ref x) throws SQLException {
    own.updateRef(label, DriverObjects.own(x));
  }

  @Override
  public void updateObject(int column, Object x) throws SQLException {
    own.updateObject(column, DriverObjects.own(x));
  }

  @Override
  public void updateObject(String label, Object x) throws SQLException {
    own.updateObject(label, DriverObjects.own(x));
  }

  @Override
  public void updateObject(int column, Object x, int scaleOrLength) throws SQLException {
    own.updateObject(column, DriverObjects.own(x), scaleOrLength);
  }

  @Override
  public void updateObject(String label, Object x, int scaleOrLength) throws SQLException {
    own.updateObject(label, DriverObjects.own(x), scaleOrLength);
  }

  @Override
  public void updateObject(int column, Object x, SQLType type) throws SQLException {
    own.updateObject(column, DriverObjects.own(x), type);
  }

  @Override
  public void updateObject(String label, Object x, SQLType type) throws SQLException {
    own.updateObject(label, DriverObjects.own(x), type);
  }

  @Override
  public void updateObject(int column, Object x, SQLType type, int scaleOrLength)
      throws SQLException {
    own.updateObject(column, DriverObjects.own(x), type, scaleOrLength);
  }

  @Override
  public void updateObject(String label, Object x, SQLType type, int scaleOrLength)
      throws SQLException {
    own.updateObject(label, DriverObjects.own(x), type, scaleOrLength);
  }

  @Override
  public void updateRow() throws SQLException {
    DriverObjects.write(connection, own::updateRow);
  }

  @Override
  public void insertRow() throws SQLException {
    DriverObjects.write(connection, own::insertRow);
  }

  @Override
  public void deleteRow() throws SQLException {
    DriverObjects.write(connection, own::deleteRow);
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
