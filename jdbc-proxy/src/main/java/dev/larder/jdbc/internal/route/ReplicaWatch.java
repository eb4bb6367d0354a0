package dev.larder.jdbc.internal.route;

import dev.larder.invalidation.concurrent.PollingThread;
import dev.larder.invalidation.ledger.LogPositions;
import dev.larder.jdbc.internal.monitoring.MonitoringQuery;
import dev.larder.jdbc.internal.pool.Pool;
import dev.larder.jdbc.internal.route.ReplicaState.Out;
import dev.larder.jdbc.internal.route.ReplicaState.Reason;
import dev.larder.jdbc.internal.route.ReplicaState.Serving;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * The watch over one replica: it asks how far the replica has come, and says whether it may be
 * given reads. Thread-safe.
 */
final class ReplicaWatch implements AutoCloseable {

  /*
   * The timeline: what the replica receives now, or, where it receives nothing or this user may not
   * see it, that of its last restart point, which may be older than it need be and never newer.
   */
  private static final String SQL =
      """
      select pg_is_in_recovery(),
        (pg_last_wal_replay_lsn() - '0/0')::bigint,
        (extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint,
        coalesce((select received_tli from pg_stat_wal_receiver),
          (select timeline_id from pg_control_checkpoint()))
      """;

  private static final Duration INTERVAL = Duration.ofMillis(100);

  /** With the interval and a little work this keeps a server that hangs below a second. */
  private static final Duration PATIENCE = Duration.ofMillis(600);

  private record Progress(boolean follows, long replayed, long serverStart, int timeline) {}

  private final LogPositions positions;
  private final IntSupplier timeline;
  private final long maxLagNanos;
  private final Consumer<ReplicaState> found;
  private final MonitoringQuery query;
  private final PollingThread polling;

  /**
   * @param timeline the primary's, or 0 while it is not known
   * @param found told what every answer, or its absence, means
   */
  ReplicaWatch(
      Pool<PhysicalProfile> replica,
      LogPositions positions,
      IntSupplier timeline,
      Duration maxLag,
      Consumer<ReplicaState> found) {
    this.positions = positions;
    this.timeline = timeline;
    this.maxLagNanos = maxLag.toNanos();
    this.found = found;
    this.query = new MonitoringQuery(replica, SQL, PATIENCE);
    this.polling = PollingThread.every(INTERVAL, "larder-replica-watch", this::ask, query::close);
  }

  void start() {
    polling.start();
  }

  /** A read would like to know of progress. */
  void soon() {
    polling.soon();
  }

  private void ask() {
    ReplicaState state;
    long began = System.nanoTime();
    try {
      state = state(query.ask(ReplicaWatch::read));
    } catch (SQLException | RuntimeException e) {
      boolean waited = System.nanoTime() - began >= PATIENCE.toNanos();
      state = new Out(waited ? Reason.SILENT : Reason.UNREACHABLE);
    }
    found.accept(state);
  }

  private static Progress read(ResultSet row) throws SQLException {
    return new Progress(row.getBoolean(1), row.getLong(2), row.getLong(3), row.getInt(4));
  }

  private ReplicaState state(Progress progress) {
    if (!progress.follows()) {
      return new Out(Reason.NOT_A_REPLICA);
    }
    int primary = timeline.getAsInt();
    if (primary == 0) {
      return new Out(Reason.PRIMARY_UNKNOWN);
    }
    if (progress.timeline() != primary) {
      return new Out(Reason.OTHER_TIMELINE);
    }
    if (positions.ageNanos(progress.replayed(), System.nanoTime()) > maxLagNanos) {
      return new Out(Reason.LAGGING);
    }
    return new Serving(progress.replayed(), progress.serverStart());
  }

  @Override
  public void close() {
    polling.close();
  }
}
