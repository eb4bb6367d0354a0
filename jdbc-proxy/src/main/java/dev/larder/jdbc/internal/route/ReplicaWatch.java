package dev.larder.jdbc.internal.route;

import dev.larder.invalidation.concurrent.PollingThread;
import dev.larder.invalidation.ledger.LogPositions;
import dev.larder.jdbc.internal.monitoring.MonitoringQuery;
import dev.larder.jdbc.internal.pool.Pool;
import dev.larder.jdbc.internal.route.ReplicaState.Out;
import dev.larder.jdbc.internal.route.ReplicaState.Reason;
import dev.larder.jdbc.internal.route.ReplicaState.Serving;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The watch over one replica: it asks how far the replica has come, and says whether it may be
 * given reads. Thread-safe.
 */
final class ReplicaWatch implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofMillis(100);

  /** With the interval and a little work this keeps a server that hangs below a second. */
  private static final Duration PATIENCE = Duration.ofMillis(600);

  /**
   * What is known of the primary.
   *
   * @param history the one that it is on, or 0 while that is not known
   */
  record Primary(LogPositions positions, Replication replication, LongSupplier history) {}

  private final LogPositions positions;
  private final Replication replication;
  private final LongSupplier history;
  private final long maxLagNanos;
  private final Consumer<ReplicaState> found;
  private final MonitoringQuery query;
  private final PollingThread polling;

  /**
   * @param found told what every answer, or its absence, means
   */
  ReplicaWatch(
      Pool<PhysicalProfile> replica,
      Primary primary,
      Duration maxLag,
      Consumer<ReplicaState> found) {
    this.positions = primary.positions();
    this.replication = primary.replication();
    this.history = primary.history();
    this.maxLagNanos = maxLag.toNanos();
    this.found = found;
    this.query = new MonitoringQuery(replica, replication.progressQuestion(), PATIENCE);
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
      state = state(query.ask(replication::progress));
    } catch (SQLException | RuntimeException e) {
      state = new Out(why(e, System.nanoTime() - began));
    }
    found.accept(state);
  }

  private static Reason why(Exception failure, long waitedNanos) {
    if (failure instanceof SQLException refused && isRefusal(refused.getSQLState())) {
      return Reason.REFUSED;
    }
    return waitedNanos >= PATIENCE.toNanos() ? Reason.SILENT : Reason.UNREACHABLE;
  }

  /** The class of syntax errors and of what a user may not do. */
  private static boolean isRefusal(@Nullable String state) {
    return state != null && state.startsWith("42");
  }

  private ReplicaState state(Replication.Progress progress) {
    if (!progress.follows()) {
      return new Out(Reason.NOT_A_REPLICA);
    }
    long primary = history.getAsLong();
    if (primary == 0) {
      return new Out(Reason.PRIMARY_UNKNOWN);
    }
    if (progress.history() != primary) {
      return new Out(Reason.OTHER_HISTORY);
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
