package dev.larder.jdbc.internal.source;

import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.Reach;
import dev.larder.invalidation.source.ChangeSink;
import dev.larder.invalidation.source.SourceSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** One connection that listens. Used by one thread, but for {@link #close()}. */
final class NotifySession implements SourceSession {

  /*
   * The server hands on a notification when the transaction that sent it is over for a snapshot of
   * that moment, in the order in which transactions committed, and a connection that starts to
   * listen misses none that commits later (PostgreSQL's async.c). So a change that is notified can
   * be seen, and a mark is a notification to ourselves.
   */

  private static final int WAIT_MILLIS = 20;

  private final Connection sql;
  private final PGConnection driver;
  private final String marks;
  private final ReportedTables tables;
  private final @Nullable String warning;
  private final PreparedStatement notifyMark;
  private boolean warned;

  NotifySession(Connection sql, String marks, ReportedTables tables, @Nullable String warning)
      throws SQLException {
    this.sql = sql;
    this.driver = sql.unwrap(PGConnection.class);
    this.marks = marks;
    this.tables = tables;
    this.warning = warning;
    this.notifyMark = sql.prepareStatement("SELECT pg_notify(?, ?)");
  }

  @Override
  public Reach reach() {
    return tables.reach();
  }

  @Override
  public void read(ChangeSink sink) throws Exception {
    PGNotification[] notifications = driver.getNotifications(WAIT_MILLIS);
    if (notifications != null) {
      for (PGNotification notification : notifications) {
        take(notification, sink);
      }
    }
    if (!warned) {
      warned = true;
      sink.warning(warning);
    }
    tables.look(sql);
  }

  private void take(PGNotification notification, ChangeSink sink) {
    String payload = notification.getParameter();
    if (notification.getName().equals(marks)) {
      try {
        sink.marked(Long.parseLong(payload));
      } catch (NumberFormatException e) {
        sink.rejected("a sign of life that is none");
      }
      return;
    }
    TableName table = NotifyTriggers.table(payload);
    if (table == null) {
      sink.rejected("a notification that names no table");
    } else {
      sink.changed(tables.cells().changes(table));
    }
  }

  @Override
  public void requestMark(long number) throws SQLException {
    notifyMark.setString(1, marks);
    notifyMark.setString(2, Long.toString(number));
    notifyMark.executeQuery().close();
  }

  @Override
  public void close() {
    SourceTarget.abort(sql);
  }
}
