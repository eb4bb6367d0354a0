package dev.larder.jdbc.internal.proxy;

import dev.larder.invalidation.ledger.OpenCommit;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.execution.DriverCall;
import dev.larder.jdbc.internal.execution.StatementRunner;
import dev.larder.jdbc.internal.execution.TouchedRows;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.postgresql.copy.CopyDual;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

/**
 * The driver's COPY, of which each counts as the statement that it is. As thread-safe as the
 * driver's. (What takes or gives a stream comes by the three methods here.)
 */
final class WatchedCopies extends CopyManager {

  private final ConnectionContext connection;

  WatchedCopies(BaseConnection own, ConnectionContext connection) throws SQLException {
    super(own);
    this.connection = connection;
  }

  @Override
  public CopyIn copyIn(String sql) throws SQLException {
    return watched(CopyIn.class, run(sql, () -> super.copyIn(sql)));
  }

  @Override
  public CopyOut copyOut(String sql) throws SQLException {
    return watched(CopyOut.class, run(sql, () -> super.copyOut(sql)));
  }

  @Override
  public CopyDual copyDual(String sql) throws SQLException {
    connection.lentOut();
    return super.copyDual(sql);
  }

  /** The server is at work on it until its end was sent or read. */
  private <T> T run(String sql, StatementRunner.Call<T> copy) throws SQLException {
    connection.requireOpen();
    StatementPlan plan = connection.plan(connection.know(sql));
    Consumer<OpenCommit> commitHolder =
        open -> connection.lease().openWork().hold(open, null, false);
    return connection
        .executor()
        .runner()
        .run(
            connection,
            plan,
            new DriverCall<>(copy, position -> null, commitHolder, TouchedRows::of));
  }

  /** A copy under way, which ends what it has kept open, and may meet an error. */
  private <T> T watched(Class<T> type, T copy) {
    InvocationHandler watching =
        (proxy, method, arguments) -> {
          try {
            Object result = method.invoke(copy, arguments);
            String name = method.getName();
            if (name.equals("endCopy") || (name.equals("readFromCopy") && result == null)) {
              connection.answered();
            }
            return result;
          } catch (InvocationTargetException e) {
            connection.session().transaction().failed();
            throw e.getTargetException();
          }
        };
    return type.cast(
        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, watching));
  }
}
