package dev.larder.jdbc.internal.product.mysql;

import dev.larder.jdbc.internal.route.Replication;
import dev.larder.jdbc.internal.session.SessionBaseline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * MySQL's replication by GTID. Thread-safe.
 *
 * <p>A server adds a transaction's GTID to {@code gtid_executed} when the transaction is committed
 * in the storage engine and before its session is answered; a replica does the same when it has
 * applied it. So the set that the primary tells has everything in it that it had answered, and a
 * replica whose own set contains that set shows it. Each set that the primary told gets a number,
 * and numbers are the positions.
 */
final class MySqlReplication implements Replication {

  private static final String END =
      "select @@global.server_uuid, @@global.gtid_executed, "
          + MySqlSessionProbe.SERVER_START
          + ", @@global.gtid_mode, @@global.log_bin";

  /* A replica that leaves something out has its GTID all the same. */
  private static final String PROGRESS =
      "select @@global.read_only, @@global.gtid_executed, "
          + MySqlSessionProbe.SERVER_START
          + ", (select count(*) from performance_schema.replication_applier_global_filters"
          + " where filter_rule <> '')"
          + " + (select count(*) from performance_schema.replication_applier_filters"
          + " where filter_rule <> '')"
          + " + (select count(*) from performance_schema.global_variables where variable_name in"
          + " ('slave_skip_errors', 'replica_skip_errors') and variable_value <> 'OFF')";

  private static final String LOG_STATUS = "show binary log status";
  private static final String OLDER_LOG_STATUS = "show master status";

  private static final int MOST_SETS = 128;

  /** A set that the primary told, and its number. */
  private record Told(long position, GtidSet set) {}

  /**
   * The sets of one run of one server, each part of the next.
   *
   * @param number names this history
   */
  private record History(long number, String server, long serverStart, List<Told> told) {

    GtidSet latest() {
      return told.isEmpty() ? GtidSet.EMPTY : told.get(told.size() - 1).set();
    }

    History with(Told next) {
      List<Told> more = new ArrayList<>(told);
      if (more.size() == MOST_SETS) {
        // Every other of the older half goes: a replica counts as less far than it is.
        for (int i = MOST_SETS / 2 - 2; i >= 0; i -= 2) {
          more.remove(i);
        }
      }
      more.add(next);
      return new History(number, server, serverStart, List.copyOf(more));
    }

    /** The highest position that the set reaches; 0 where it reaches none. */
    long reachedBy(GtidSet set) {
      int low = 0;
      int high = told.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (set.containsAll(told.get(middle).set())) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low == 0 ? 0 : told.get(low - 1).position();
    }
  }

  /** Two sessions that were found to begin alike. */
  private record Alike(SessionBaseline primary, SessionBaseline replica) {}

  private final ReentrantLock writing = new ReentrantLock();
  private volatile History history = new History(0, "", 0, List.of());
  private volatile @Nullable Alike latest;
  private long positions;

  @Override
  public String endQuestion() {
    return END;
  }

  @Override
  public boolean flushes() {
    return false;
  }

  @Override
  public void requireWholeLog(Connection primary) throws SQLException {
    try (Statement statement = primary.createStatement();
        ResultSet row = logStatus(statement)) {
      boolean isWhole =
          row.next()
              && String.valueOf(row.getString("Binlog_Do_DB")).isEmpty()
              && String.valueOf(row.getString("Binlog_Ignore_DB")).isEmpty();
      if (!isWhole) {
        throw new SQLException(
            "The primary's binary log is off, or leaves out databases (binlog_do_db,"
                + " binlog_ignore_db)",
            "0A000");
      }
    }
  }

  private static ResultSet logStatus(Statement statement) throws SQLException {
    try {
      return statement.executeQuery(OLDER_LOG_STATUS);
    } catch (SQLSyntaxErrorException newer) {
      return statement.executeQuery(LOG_STATUS);
    }
  }

  @Override
  public End end(ResultSet row) throws SQLException {
    if (!"ON".equals(row.getString(4)) || !row.getBoolean(5)) {
      throw new SQLException(
          "The primary gives its transactions no GTIDs: replicas need gtid_mode=ON and log_bin",
          "0A000");
    }
    String server = String.valueOf(row.getString(1));
    GtidSet set = set(row.getString(2));
    long start = row.getLong(3);
    writing.lock();
    try {
      History known = history;
      boolean goesOn =
          known.number() > 0
              && known.server().equals(server)
              && known.serverStart() == start
              && set.containsAll(known.latest());
      if (!goesOn) {
        known = new History(known.number() + 1, server, start, List.of());
      }
      if (known.told().isEmpty() || !known.latest().containsAll(set)) {
        positions++;
        known = known.with(new Told(positions, set));
      }
      history = known;
      return new End(positions, known.number(), start, true);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public String progressQuestion() {
    return PROGRESS;
  }

  @Override
  public Progress progress(ResultSet row) throws SQLException {
    boolean takesAll = row.getLong(4) == 0;
    GtidSet set = set(row.getString(2));
    History known = history;
    // What the primary has done since it told is its own; any other's was never the primary's.
    boolean isOfPrimary = set.addsOnlyOf(known.server(), known.latest());
    return new Progress(
        row.getBoolean(1) && takesAll,
        known.reachedBy(set),
        isOfPrimary ? known.number() : -1,
        row.getLong(3));
  }

  private static GtidSet set(@Nullable String text) throws SQLException {
    try {
      return GtidSet.parse(text == null ? "" : text);
    } catch (IllegalArgumentException e) {
      throw new SQLException("The server's GTIDs are not understood", "0A000", e);
    }
  }

  /** But for what makes it a server of its own. */
  @Override
  public boolean beginsAlike(SessionBaseline primary, SessionBaseline replica) {
    Alike found = latest;
    if (found != null && found.primary() == primary && found.replica() == replica) {
      return true;
    }
    boolean isAlike = primary.beginsLike(replica, MySqlSessionProbe.OF_ONE_SERVER);
    if (isAlike) {
      latest = new Alike(primary, replica);
    }
    return isAlike;
  }

  /** SELECT 1 fixes none here: the first read of a table does, on the primary. */
  @Override
  public boolean anyStatementFixesSnapshot() {
    return false;
  }
}
