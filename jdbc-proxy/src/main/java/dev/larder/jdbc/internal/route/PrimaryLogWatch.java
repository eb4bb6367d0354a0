package dev.larder.jdbc.internal.route;

import dev.larder.invalidation.concurrent.PollingThread;
import dev.larder.invalidation.ledger.LogPositions;
import dev.larder.jdbc.internal.monitoring.MonitoringQuery;
import dev.larder.jdbc.internal.pool.Pool;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import java.sql.ResultSet;
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
   * The end of what was inserted, not of what was flushed: a session with synchronous_commit=off
   * gets its answer before the flush. Where the last record ended with a page, the server says
   * where the next one will begin, after the page's header (24 bytes); a replica will say the
   * page's end.
   *
   * What is inserted and not flushed reaches no replica. Reading may leave such a tail: it prunes
   * old row versions, and nothing but a later commit or the WAL writer's round (a fifth of a
   * second) flushes that. So where a read waits for a position that two questions in a row found
   * unflushed, a commit of no content flushes it; a server that is busy flushes by itself.
   *
   * Positions say something of a commit only if they come from the server that did it. Every
   * connection of the pool tells when its server was started; an answer from any other run of a
   * server is not noted, and what was noted before is forgotten.
   */
  private static final String SQL =
      """
      select at - case when at % current_setting('wal_block_size')::bigint = 24 then 24 else 0 end,
        ('x' || substr(file, 1, 8))::bit(32)::int,
        (extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint,
        flushed >= at,
        case when flushed < ? then set_config('synchronous_commit', 'local', true)
          || pg_logical_emit_message(true, 'larder', '') end
      from (select (lsn - '0/0')::bigint as at, pg_walfile_name(lsn) as file,
          case when lsn is not null then (pg_current_wal_flush_lsn() - '0/0')::bigint end as flushed
        from (select case when pg_is_in_recovery() then null else pg_current_wal_insert_lsn() end as lsn)
          as inserted) as located
      """;

  private static final Logger log = LoggerFactory.getLogger(PrimaryLogWatch.class);
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** No position lies before it. */
  private static final long NOTHING = 0;

  private record End(long position, int timeline, long serverStart, boolean isFlushed) {}

  private final LogPositions positions;
  private final MonitoringQuery query;
  private final PollingThread polling;
  private final Runnable noted;
  private volatile long serverStart;
  private volatile int timeline;
  private volatile boolean wanted;
  private boolean failed;

  /** A position that a read waits for and that was not flushed when it was found. */
  private long unflushed = NOTHING;

  private boolean mayFlush = true;

  /**
   * @param noted called after an answer was noted
   */
  PrimaryLogWatch(Pool<PhysicalProfile> primary, LogPositions positions, Runnable noted) {
    this.positions = positions;
    this.query = new MonitoringQuery(primary, SQL, PATIENCE);
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
      timeline = 0;
    }
  }

  /** The timeline that replicas must follow; 0 while it is not known. */
  int timeline() {
    return timeline;
  }

  private void ask() {
    boolean demanded = wanted;
    wanted = false;
    LogPositions.Mark mark = positions.mark();
    long toFlush = mayFlush ? unflushed : NOTHING;
    try {
      End end = query.ask(PrimaryLogWatch::read, toFlush);
      if (end.serverStart() != serverStart || end.timeline() == 0) {
        // The query's own connection may lead to a server that others no longer use.
        query.close();
        return;
      }
      positions.note(mark, end.position());
      timeline = end.timeline();
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

  private static End read(ResultSet row) throws SQLException {
    return new End(row.getLong(1), row.getInt(2), row.getLong(3), row.getBoolean(4));
  }

  @Override
  public void close() {
    polling.close();
  }
}
