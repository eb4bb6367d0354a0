package dev.larder.jdbc.internal.route;

import dev.larder.invalidation.concurrent.PollingThread;
import dev.larder.invalidation.ledger.LogPositions;
import dev.larder.jdbc.internal.monitoring.MonitoringQuery;
import dev.larder.jdbc.internal.pool.Pool;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watch over the end of the primary's log, for the ledger: it asks at intervals, and soon after
 * a read found a footprint whose position is unknown. A commit waits for none of it. Thread-safe.
 */
final class PrimaryLogWatch implements AutoCloseable {

  /*
   * What is inserted and not flushed reaches no replica. Reading may leave such a tail on
   * PostgreSQL: it prunes old row versions, and nothing but a later commit or the WAL writer's
   * round (a fifth of a second) flushes that. So where a read waits for a position that two
   * questions in a row found unflushed, a commit of no content flushes it; a server that is busy
   * flushes by itself.
   *
   * Positions say something of a commit only if they come from the server that did it. Every
   * connection of the pool tells which run of a server it leads to; an answer from any other run is
   * not noted, and what was noted before is forgotten. So it is where the log's history is another
   * than before.
   */
  private static final Logger log = LoggerFactory.getLogger(PrimaryLogWatch.class);
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** No position lies before it. */
  private static final long NOTHING = 0;

  private final LogPositions positions;
  private final Replication replication;
  private final MonitoringQuery query;
  private final PollingThread polling;
  private final Runnable noted;
  private volatile long serverStart;
  private volatile long history;
  private volatile boolean wanted;
  private boolean failed;

  /** A position that a read waits for and that was not flushed when it was found. */
  private long unflushed = NOTHING;

  private boolean mayFlush;

  /**
   * @param noted called after an answer was noted
   */
  PrimaryLogWatch(
      Pool<PhysicalProfile> primary,
      LogPositions positions,
      Replication replication,
      Runnable noted) {
    this.positions = positions;
    this.replication = replication;
    this.query =
        new MonitoringQuery(
            primary, replication.endQuestion(), PATIENCE, replication::requireWholeLog);
    this.mayFlush = replication.flushes();
    this.noted = noted;
    this.polling = PollingThread.every(INTERVAL, "larder-primary-log", this::ask, query::close);
  }

  void start() {
    polling.start();
  }

  /** Somebody wants to know a position that is unknown. */
  void soon() {
    wanted = true;
    polling.soon();
  }

  /** A statement goes to a server that was started then. */
  void seen(long start) {
    if (serverStart != start) {
      // Whichever of two comes last: while both are in use, nothing stays noted for long.
      serverStart = start;
      positions.forget();
      history = 0;
    }
  }

  /** The history that replicas must share; 0 while it is not known. */
  long history() {
    return history;
  }

  private void ask() {
    boolean demanded = wanted;
    wanted = false;
    LogPositions.Mark mark = positions.mark();
    long toFlush = mayFlush ? unflushed : NOTHING;
    try {
      Replication.End end =
          replication.flushes()
              ? query.ask(replication::end, toFlush)
              : query.ask(replication::end);
      if (end.serverStart() != serverStart || end.history() == 0) {
        // The query's own connection may lead to a server that others no longer use.
        query.close();
        return;
      }
      if (history != 0 && history != end.history()) {
        // The mark is of the time before: the next answer is the first that counts.
        positions.forget();
      }
      positions.note(mark, end.position());
      history = end.history();
      failed = false;
      unflushed = NOTHING;
      if (demanded && !end.isFlushed() && toFlush == NOTHING) {
        unflushed = end.position();
        polling.soon();
      }
      noted.run();
    } catch (SQLException | RuntimeException e) {
      if (e instanceof SQLException refused && toFlush != NOTHING && isRefusal(refused)) {
        // This user may not: the WAL writer will do it.
        mayFlush = false;
      } else if (!failed) {
        log.warn("The primary does not say where its log ends; reads of what changes go there", e);
      }
      failed = true;
    }
  }

  /** Whether the server understood, and will not do it the next time either. */
  private static boolean isRefusal(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith("42") || state.startsWith("25"));
  }

  @Override
  public void close() {
    polling.close();
  }
}
