package dev.larder.jdbc.internal.source.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventType;
import dev.larder.jdbc.internal.source.SourceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** MySQL's binary log, of which a transaction's GTID tells whether it is over. */
final class MySqlLog implements ServerLog {

  /*
   * A transaction is written to the log, then committed in the storage engine, then its GTID is
   * added to gtid_executed: by the leader of its group behind all commits of the group, or, with
   * binlog_order_commits=OFF, by its own session behind its own. So a GTID that is in the set names
   * a transaction that each read sees which starts from now on, and what is not in the set may be
   * in the log and not be seen yet. That is why the stream begins with all that is not in the set,
   * rather than at the end of the log.
   */

  private static final String SEEN = "SELECT GTID_SUBSET(?, @@GLOBAL.gtid_executed)";

  /** SHOW MASTER STATUS is gone since 8.4, and what took its place is not known before 8.2. */
  private String status = "SHOW BINARY LOG STATUS";

  @Override
  public String identity(Connection sql) throws SQLException {
    return LogSettings.read(sql).identity("server_uuid");
  }

  @Override
  public @Nullable String look(Connection sql) throws SQLException, SourceException {
    LogSettings settings = LogSettings.read(sql);
    String warning = settings.requireLogging();
    if (!settings.is("gtid_mode", "ON")) {
      throw new SourceException(
          "the server's gtid_mode is "
              + settings.get("gtid_mode")
              + ", and only by its GTID can it be told when a transaction in the binary log is"
              + " seen: set enforce_gtid_consistency=ON and gtid_mode=ON (step by step, without a"
              + " restart), or use larder.invalidation.mysql=off");
    }
    if (!settings.logsWhatItReplicates()) {
      throw new SourceException(
          "the server's log_replica_updates is OFF, so what it replicates is not in its binary log:"
              + " set it to ON and restart the server, or use larder.invalidation.mysql=off");
    }
    try (Statement statement = sql.createStatement();
        ResultSet row = status(statement)) {
      if (row.next()) {
        LogSettings.requireNoFilter(row);
      }
    }
    return warning;
  }

  private ResultSet status(Statement statement) throws SQLException {
    try {
      return statement.executeQuery(status);
    } catch (SQLSyntaxErrorException older) {
      if (status.contains("MASTER")) {
        throw older;
      }
      status = "SHOW MASTER STATUS";
      return statement.executeQuery(status);
    }
  }

  @Override
  public void begin(Connection sql, BinaryLogClient client) throws SQLException, SourceException {
    try (Statement statement = sql.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@GLOBAL.gtid_executed")) {
      row.next();
      client.setBinlogFilename("");
      client.setGtidSetFallbackToPurged(false);
      client.setGtidSet(row.getString(1).replace("\n", ""));
    } catch (IllegalArgumentException tagged) {
      throw notUnderstood(tagged);
    }
  }

  private static SourceException notUnderstood(@Nullable Throwable cause) {
    return new SourceException(
        "the binary log has something in it that the client does not know, such as GTIDs with tags;"
            + " use larder.invalidation.mysql=off",
        cause);
  }

  @Override
  public void saw(Event event, LogPosition position) throws SourceException {
    // It may have stood for a GTID, and what follows would be taken for the transaction before.
    if (event.getHeader().getEventType() == EventType.UNKNOWN) {
      throw notUnderstood(null);
    }
  }

  @Override
  public LogPosition end(Connection sql) throws SQLException {
    try (Statement statement = sql.createStatement();
        ResultSet row = status(statement)) {
      if (!row.next()) {
        throw new SQLException("the server tells no position of its binary log", "HY000");
      }
      return LogPosition.of(row.getString("File"), row.getLong("Position"));
    }
  }

  @Override
  public Predicate<LogGroup> seen(Connection sql, Iterable<LogGroup> groups) throws SQLException {
    Set<String> seen = new HashSet<>();
    try (PreparedStatement statement = sql.prepareStatement(SEEN)) {
      for (LogGroup group : groups) {
        if (!group.id().isEmpty() && !seen.contains(group.id())) {
          statement.setString(1, group.id());
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            if (!row.getBoolean(1)) {
              // Those behind it are asked for when it is seen, which costs them next to nothing.
              break;
            }
          }
          seen.add(group.id());
        }
      }
    }
    return group -> seen.contains(group.id());
  }
}
