package dev.larder.jdbc.internal.source.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import dev.larder.jdbc.internal.source.SourceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a product's server tells of its own binary log, for one session. Used by one thread.
 *
 * <p>A row event is sent before its transaction is visible, so the questions are two: where does
 * the log end, behind everything that anybody has seen, and which groups does everybody see.
 */
interface ServerLog {

  /** What the server says it is, as the ledger's identity has it. */
  String identity(Connection sql) throws SQLException;

  /**
   * Looks whether every change is in the log.
   *
   * @return what the operator should know all the same, or null
   * @throws SourceException where it is not, with what to do
   */
  @Nullable String look(Connection sql) throws SQLException, SourceException;

  /**
   * Tells the client where to begin: behind nothing that a reader may not see yet.
   *
   * @throws SourceException where there is no such place for too long
   */
  void begin(Connection sql, BinaryLogClient client)
      throws SQLException, SourceException, InterruptedException;

  /** The place behind everything that is in the log, and so behind all that anybody has seen. */
  LogPosition end(Connection sql) throws SQLException;

  /**
   * Hears of an event, after it was read.
   *
   * @param position where the log has been read to
   * @throws SourceException where the log cannot be followed any more
   */
  default void saw(Event event, LogPosition position) throws SourceException {}

  /** Which of these groups every read sees that starts from now on. */
  Predicate<LogGroup> seen(Connection sql, Iterable<LogGroup> groups) throws SQLException;
}
