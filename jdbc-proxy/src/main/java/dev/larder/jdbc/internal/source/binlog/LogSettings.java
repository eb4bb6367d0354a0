package dev.larder.jdbc.internal.source.binlog;

import dev.larder.jdbc.internal.source.SourceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server's settings that decide what its binary log holds. Immutable; read for one use.
 *
 * @param values by lower-case name; those that the release does not have are left out
 */
record LogSettings(Map<String, String> values) {

  private static final String VARIABLES =
      "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('log_bin', 'binlog_format', 'gtid_mode',"
          + " 'log_slave_updates', 'log_replica_updates', 'init_connect', 'wsrep_on',"
          + " 'binlog_storage_engine', 'server_uuid', 'server_uid', 'hostname', 'port', 'datadir')";

  private static final String OFF = "larder.invalidation.mysql=off";

  LogSettings {
    values = Map.copyOf(values);
  }

  static LogSettings read(Connection sql) throws SQLException {
    Map<String, String> values = new HashMap<>();
    try (Statement statement = sql.createStatement();
        ResultSet rows = statement.executeQuery(VARIABLES)) {
      while (rows.next()) {
        values.put(
            rows.getString(1).toLowerCase(Locale.ROOT), String.valueOf(rows.getString(2)).strip());
      }
    }
    return new LogSettings(values);
  }

  String get(String name) {
    return values.getOrDefault(name, "");
  }

  boolean is(String name, String value) {
    return get(name).equalsIgnoreCase(value);
  }

  /** What the server is, by a variable that names it or by where it runs. */
  String identity(String named) {
    return get(named).isEmpty()
        ? get("hostname") + ":" + get("port") + ":" + get("datadir")
        : get(named);
  }

  /** Whether what the server replicates from others is in its own log. */
  boolean logsWhatItReplicates() {
    return is("log_replica_updates", "ON") || is("log_slave_updates", "ON");
  }

  /**
   * Refuses what keeps changes out of the log.
   *
   * @return what makes each change cost more than it need, or null
   */
  @Nullable String requireLogging() throws SourceException {
    if (!is("log_bin", "ON")) {
      throw new SourceException(
          "the server keeps no binary log: set log_bin and server_id and restart it, or use "
              + OFF);
    }
    String eachSession = get("init_connect").toLowerCase(Locale.ROOT);
    if (eachSession.contains("sql_log_bin")) {
      throw new SourceException(
          "the server's init_connect sets sql_log_bin, so that what sessions write may not be in"
              + " the binary log; take it out, or use "
              + OFF);
    }
    if (is("wsrep_on", "ON")) {
      throw new SourceException(
          "the server is a node of a Galera cluster, of which nobody can tell when a commit that is"
              + " in its binary log is seen; use "
              + OFF);
    }
    return is("binlog_format", "ROW")
        ? null
        : "the server's binlog_format is "
            + get("binlog_format")
            + ": each statement that is logged as text makes Larder forget everything; set"
            + " binlog_format=ROW";
  }

  /** Refuses a log that leaves databases out. */
  static void requireNoFilter(ResultSet status) throws SQLException, SourceException {
    String only = status.getString("Binlog_Do_DB");
    String but = status.getString("Binlog_Ignore_DB");
    if ((only != null && !only.isEmpty()) || (but != null && !but.isEmpty())) {
      throw new SourceException(
          "the server's binary log leaves databases out (binlog-do-db or binlog-ignore-db); take"
              + " that filter out and restart the server, or use "
              + OFF);
    }
  }
}
