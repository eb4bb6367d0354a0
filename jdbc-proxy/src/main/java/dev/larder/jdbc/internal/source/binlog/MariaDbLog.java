package dev.larder.jdbc.internal.source.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.BinlogCheckpointEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.RotateEventData;
import dev.larder.jdbc.internal.source.SourceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** MariaDB's binary log, of which the position that a snapshot would have tells what is seen. */
final class MariaDbLog implements ServerLog {

  /*
   * The status variables binlog_snapshot_file and binlog_snapshot_position say where a consistent
   * snapshot that is taken now would stand in the log. The server moves that position under the
   * lock under which it commits a whole group in the storage engines, so what lies before it is
   * seen by each read that starts from now on.
   *
   * With one exception: a group that makes the log go on in a new file sets the position to the
   * beginning of that file before it is committed itself. So a position there says nothing of the
   * file before, unless the file's own beginning says that nothing was left open: its first
   * checkpoint names the oldest file that has transactions which are not committed.
   */

  private static final String SNAPSHOT =
      "SELECT VARIABLE_NAME, VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS"
          + " WHERE VARIABLE_NAME IN ('BINLOG_SNAPSHOT_FILE', 'BINLOG_SNAPSHOT_POSITION')";
  private static final int MOST_HEADERS = 16;
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** The beginning of a file: a position behind it is behind all files before. */
  private static final class Header {
    private long end;
    private boolean open = true;
  }

  private final TreeMap<Long, Header> headers = new TreeMap<>();

  @Override
  public String identity(Connection sql) throws SQLException {
    return LogSettings.read(sql).identity("server_uid");
  }

  @Override
  public @Nullable String look(Connection sql) throws SQLException, SourceException {
    LogSettings settings = LogSettings.read(sql);
    String warning = settings.requireLogging();
    if (!settings.get("binlog_storage_engine").isEmpty()) {
      throw new SourceException(
          "the server keeps its binary log in the storage engine "
              + settings.get("binlog_storage_engine")
              + ", which cannot be read yet; use larder.invalidation.mysql=off");
    }
    if (!settings.logsWhatItReplicates() && isReplicating(sql)) {
      throw new SourceException(
          "the server is a replica with log_slave_updates=OFF, so what it replicates is not in its"
              + " binary log: set it to ON and restart the server, or use"
              + " larder.invalidation.mysql=off");
    }
    try (Statement statement = sql.createStatement();
        ResultSet row = statement.executeQuery("SHOW MASTER STATUS")) {
      if (row.next()) {
        LogSettings.requireNoFilter(row);
      }
    }
    return warning;
  }

  private static boolean isReplicating(Connection sql) throws SQLException {
    try (Statement statement = sql.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS"
                    + " WHERE VARIABLE_NAME = 'SLAVES_RUNNING'")) {
      return row.next() && row.getLong(1) > 0;
    }
  }

  @Override
  public void begin(Connection sql, BinaryLogClient client)
      throws SQLException, SourceException, InterruptedException {
    long began = System.nanoTime();
    while (true) {
      String[] snapshot = snapshot(sql);
      long offset = Long.parseLong(snapshot[1]);
      if (isBehindHeader(sql, snapshot[0], offset)) {
        client.setBinlogFilename(snapshot[0]);
        client.setBinlogPosition(offset);
        return;
      }
      if (System.nanoTime() - began > LONGEST_WAIT_NANOS) {
        throw new SourceException("the server does not say that its last binary log is complete");
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** Whether a position in a file is behind all files before. */
  private static boolean isBehindHeader(Connection sql, String file, long offset)
      throws SQLException {
    try (Statement statement = sql.createStatement();
        ResultSet rows = statement.executeQuery("SHOW BINLOG EVENTS IN '" + file + "' LIMIT 8")) {
      while (rows.next()) {
        if (rows.getLong("End_log_pos") > offset) {
          return false;
        }
        boolean isHeader =
            switch (rows.getString("Event_type")) {
              case "Format_desc", "Gtid_list", "Start_encryption" -> true;
              case "Binlog_checkpoint" -> !file.equals(rows.getString("Info"));
              default -> false;
            };
        if (!isHeader) {
          return true;
        }
      }
      return false;
    }
  }

  private static String[] snapshot(Connection sql) throws SQLException {
    String[] snapshot = {"", ""};
    try (Statement statement = sql.createStatement();
        ResultSet rows = statement.executeQuery(SNAPSHOT)) {
      while (rows.next()) {
        snapshot[rows.getString(1).endsWith("FILE") ? 0 : 1] = rows.getString(2);
      }
    }
    if (snapshot[0].isEmpty() || snapshot[1].isEmpty()) {
      throw new SQLException("the server tells no position of a snapshot", "HY000");
    }
    return snapshot;
  }

  @Override
  public LogPosition end(Connection sql) throws SQLException {
    try (Statement statement = sql.createStatement();
        ResultSet row = statement.executeQuery("SHOW MASTER STATUS")) {
      if (!row.next()) {
        throw new SQLException("the server tells no position of its binary log", "HY000");
      }
      return LogPosition.of(row.getString("File"), row.getLong("Position"));
    }
  }

  @Override
  public void saw(Event event, LogPosition position) {
    EventHeaderV4 header = event.getHeader();
    switch (header.getEventType()) {
      case ROTATE -> {
        RotateEventData next = event.getData();
        headers.computeIfAbsent(
            LogPosition.number(next.getBinlogFilename()), any -> begun(next.getBinlogPosition()));
        if (headers.size() > MOST_HEADERS) {
          headers.pollFirstEntry();
        }
      }
      case FORMAT_DESCRIPTION, MARIADB_GTID_LIST, UNKNOWN -> extend(header, position);
      case BINLOG_CHECKPOINT -> {
        BinlogCheckpointEventData data = event.getData();
        if (LogPosition.number(data.getLogFileName()) < position.number()) {
          extend(header, position);
        } else {
          close(position);
        }
      }
      case HEARTBEAT -> {
        // Not in the file.
      }
      default -> close(position);
    }
  }

  /** Where the stream does not begin with the file, it begins behind its header. */
  private static Header begun(long offset) {
    Header header = new Header();
    header.open = offset <= 4;
    return header;
  }

  private void extend(EventHeaderV4 event, LogPosition position) {
    Header header = headers.get(position.number());
    if (header != null && header.open) {
      header.end = Math.max(header.end, event.getNextPosition());
    }
  }

  private void close(LogPosition position) {
    Header header = headers.get(position.number());
    if (header != null) {
      header.open = false;
    }
  }

  @Override
  public Predicate<LogGroup> seen(Connection sql, Iterable<LogGroup> groups) throws SQLException {
    String[] snapshot = snapshot(sql);
    LogPosition now = LogPosition.of(snapshot[0], Long.parseLong(snapshot[1]));
    Header header = headers.get(now.number());
    // While the header may go on, a position in its file says nothing of those before.
    boolean isBehindOthers = header != null && !header.open && now.offset() > header.end;
    return group ->
        group.end().number() == now.number()
            ? group.end().offset() <= now.offset()
            : group.end().number() < now.number() && isBehindOthers;
  }
}
