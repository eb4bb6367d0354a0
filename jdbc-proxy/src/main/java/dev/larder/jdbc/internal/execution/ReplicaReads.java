package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.ledger.Stamp;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Hints;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.eligibility.StatementEffects;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.eligibility.UncacheableStatement;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.result.QueryResult;
import dev.larder.jdbc.internal.route.Lease;
import dev.larder.jdbc.internal.route.LeasedResult;
import dev.larder.jdbc.internal.route.Replica;
import dev.larder.jdbc.internal.route.Route;
import dev.larder.jdbc.internal.route.Router;
import dev.larder.jdbc.internal.session.Session;
import dev.larder.jdbc.internal.store.InFlightLoads.Load;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a replica answer a query, where one may; {@link Router} says why its answer is right.
 * Thread-safe.
 */
public final class ReplicaReads {

  /*
   * A snapshot transaction has its snapshot on the primary, where everything that no replica may answer runs in it. A replica
   * answers what the snapshot says too: its answer is the state of the footprint for as long as the stamp holds, and the snapshot
   * was taken in that time, or the footprint has not moved between the transaction's position and the stamp.
   */
  private static final Logger log = LoggerFactory.getLogger(ReplicaReads.class);

  private static final StatementPlan FIXES_SNAPSHOT =
      new UncacheableStatement(BypassReason.FIXES_SNAPSHOT, "", true, StatementEffects.NONE);

  /** A replica that fails is followed by one other; after that the primary answers. */
  private static final int MOST_REPLICAS = 2;

  /** An age that cannot be told, which counts only where nobody asks for a younger answer. */
  private static final long OLDEST_NANOS = Long.MAX_VALUE / 4;

  /**
   * What a replica answered.
   *
   * @param covers whether it had replayed everything that the ledger knew of the footprint
   * @param readAtNanos {@link System#nanoTime()} when the primary held what was read, at the latest
   */
  record Reply(QueryResult answer, boolean covers, long readAtNanos) {}

  /**
   * What a replica must be able to prove.
   *
   * @param maxAge nanoseconds
   * @param load whom others wait for; null where nobody does
   */
  record Wanted(Stamp stamp, long maxAge, @Nullable Load load) {}

  private final Router router;
  private final ResultCapture capture;
  private final StatementRunner runner;
  private final boolean everyWriterIsSeen;
  private final Counters counters;

  /**
   * @param everyWriterIsSeen whether what the ledger knows of is all that is written
   */
  public ReplicaReads(
      Router router,
      ResultCapture capture,
      StatementRunner runner,
      boolean everyWriterIsSeen,
      Counters counters) {
    this.router = router;
    this.everyWriterIsSeen = everyWriterIsSeen;
    this.capture = capture;
    this.runner = runner;
    this.counters = counters;
  }

  /**
   * A replica's answer, or null where the primary must answer.
   *
   * @throws SQLException only if the application or its time limit ended the query, or the primary
   *     fails to begin the transaction
   */
  @Nullable Reply read(
      StatementPlan plan, LogicalConnection connection, QueryRequest query, Wanted wanted)
      throws SQLException {
    Stamp stamp = wanted.stamp();
    Load load = wanted.load();
    Hints.Node asked = query.text().analysis().hints().node();
    if (asked == Hints.Node.PRIMARY
        || query.needsItsConnection()
        || !connection.mayReadElsewhere()) {
      return null;
    }
    Session session = connection.session();
    if (!everyWriterIsSeen && session.transaction().needsProof()) {
      // What a replica is known to have replayed is what Larder has seen.
      return null;
    }
    // Asked after the stamp was taken: a commit in between is in the stamp and not in the snapshot.
    if (session.transaction().mayPredate(stamp.footprint())) {
      return null;
    }
    boolean fixesSnapshot =
        session.transaction().readsSnapshot() && !session.transaction().isSnapshotFixed();
    if (fixesSnapshot && !router.anyStatementFixesSnapshot()) {
      // The primary answers it, and fixes the snapshot by that.
      return null;
    }
    boolean mayLag = asked == Hints.Node.REPLICA && !session.transaction().readsSnapshot();
    Set<Replica> tried = new HashSet<>();
    while (tried.size() < MOST_REPLICAS
        && router.route(stamp, wanted.maxAge(), mayLag, tried) instanceof Route.ToReplica to) {
      tried.add(to.replica());
      if (session.transaction().readsSnapshot() && !session.transaction().isSnapshotFixed()) {
        fixSnapshot(connection);
      }
      Lease lease;
      long readAt = System.nanoTime() - Math.min(to.ageNanos(), OLDEST_NANOS);
      try {
        lease = connection.borrowing(wait -> to.replica().lease(to, session.baseline(), wait));
      } catch (SQLException | RuntimeException e) {
        log.debug("A replica gave no connection; another node answers", e);
        continue;
      }
      if (load != null) {
        load.connected();
      }
      try {
        QueryResult answer = run(plan, connection, query, mayLag ? null : stamp, lease);
        if (answer != null && load != null) {
          load.readsFrom(readAt);
        }
        return answer == null ? null : new Reply(answer, to.covers(), readAt);
      } catch (SQLException e) {
        lease.failed(e);
        if (lease.isCancelled(e)) {
          throw e;
        }
        log.debug("A replica failed a read; another node answers");
      } catch (RuntimeException | LinkageError e) {
        // A fault of ours, or a driver that answers otherwise: the primary's way deals with it.
        lease.wasted();
        return null;
      }
    }
    return null;
  }

  private void fixSnapshot(LogicalConnection connection) throws SQLException {
    runner.run(
        connection,
        FIXES_SNAPSHOT,
        DriverCall.of(
            () -> {
              try (Statement statement = connection.physical().connection().createStatement()) {
                return statement.execute("select 1");
              }
            }));
  }

  /**
   * The answer, or null if the footprint moved before the replica had its snapshot.
   *
   * @param stamp what must be current then; null where the text accepts an answer that lags
   */
  private @Nullable QueryResult run(
      StatementPlan plan,
      LogicalConnection connection,
      QueryRequest query,
      @Nullable Stamp stamp,
      Lease lease)
      throws SQLException {
    counters.statementsToDatabase.increment();
    query.text().figures().ran();
    ResultSet live = query.executeOn(lease.connection());
    // The first row is there, and so the query's snapshot was taken before this.
    if (stamp != null && !stamp.isCurrent()) {
      close(live);
      lease.wasted();
      return null;
    }
    @Nullable QueryResult answer = capture.take(query.text(), plan, live, true, connection);
    if (answer instanceof QueryResult.Live rest) {
      return new QueryResult.Live(new LeasedResult(rest.resultSet(), lease), true, rest.warnings());
    }
    close(live);
    lease.answered();
    return answer;
  }

  private static void close(ResultSet live) throws SQLException {
    Statement statement = live.getStatement();
    live.close();
    statement.close();
  }
}
