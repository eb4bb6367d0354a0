package dev.larder.jdbc.internal.nodes;

import dev.larder.invalidation.concurrent.DurationRange;
import dev.larder.invalidation.concurrent.PollingThread;
import dev.larder.invalidation.source.Coverage;
import dev.larder.jdbc.internal.analysis.Dialect;
import dev.larder.jdbc.internal.connection.PhysicalConnections;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes that write to the database and cannot be heard: they hold a lock in the database itself,
 * and the others look for it. Thread-safe.
 */
public final class IsolatedNodeLock implements IsolationSignal, Coverage.Proof, AutoCloseable {

  /*
   * A node of which nobody knows, because it never reached the stream, or because it was given up,
   * is missed by nobody. But whoever writes reaches the database. So such a node takes a lock there
   * that means nothing to the database and lives as long as its connection, before it commits. The
   * others look for that lock; the age bound is lifted only as long as the last look that found
   * none is younger than the bound. A commit of a node that holds the lock is newer than any such
   * look.
   *
   * The node lets go of the lock when a mark that it asked for after its return has come back from
   * everybody: they have then heard its numbers, and the hole in them.
   *
   * PostgreSQL: an advisory lock, which any number of sessions share. MariaDB: user-level locks are
   * exclusive, so there are several names. H2 has none.
   */

  private static final Logger log = LoggerFactory.getLogger(IsolatedNodeLock.class);
  private static final DurationRange INTERVALS = DurationRange.ofMillis(50, 1_000);
  private static final int ANSWER_SECONDS = 2;
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

  /** "lard" and "lost", in ASCII. */
  private static final String POSTGRES_KEY = "1818325604, 1819243380";

  private static final String POSTGRES_LOOK =
      "select count(*) from pg_catalog.pg_locks where locktype = 'advisory'"
          + " and classid = 1818325604 and objid = 1819243380 and objsubid = 2"
          + " and database = (select oid from pg_catalog.pg_database"
          + " where datname = current_database())";

  private static final int MARIADB_NAMES = 16;
  private static final String MARIADB_NAME = "concat('larder.lost.', crc32(database()), '.%d')";

  private final Dialect dialect;
  private final PhysicalConnections lender;
  private final PhysicalConnections apart;
  private final Duration interval;
  private final ReentrantLock lock = new ReentrantLock();
  private final PollingThread thread =
      new PollingThread("larder-isolated-nodes", this::look, () -> {});
  private @Nullable PhysicalConnection<PhysicalProfile> holding;
  private boolean told;
  private volatile @Nullable Long noneAtNanos;
  private boolean failing;

  /**
   * @param lender lends connections to look through
   * @param apart opens a connection to hold the lock on, which no statement waits for
   */
  public IsolatedNodeLock(
      Dialect dialect,
      PhysicalConnections lender,
      PhysicalConnections apart,
      Duration maxStaleness) {
    this.dialect = dialect;
    this.lender = lender;
    this.apart = apart;
    this.interval = INTERVALS.nearestTo(maxStaleness.dividedBy(4));
  }

  /** Whether the product has such locks. */
  public static boolean isAvailableOn(Dialect dialect) {
    return dialect == Dialect.POSTGRESQL || dialect == Dialect.MARIADB;
  }

  public IsolatedNodeLock start() {
    thread.start();
    return this;
  }

  /** Whether no node held the lock at that time or later. */
  @Override
  public boolean holdsSince(long nanos) {
    Long none = noneAtNanos;
    return none != null && none - nanos >= 0;
  }

  private long look() {
    long asked = System.nanoTime();
    try {
      if (!isAnyIsolated()) {
        noneAtNanos = asked;
      }
      failing = false;
    } catch (SQLException | RuntimeException e) {
      if (!failing) {
        log.debug("Cannot look for nodes that are isolated", e);
      }
      failing = true;
    }
    return interval.toNanos();
  }

  private boolean isAnyIsolated() throws SQLException {
    Long held = lender.ask(connection -> number(connection, lookSql()));
    return held == null || held > 0;
  }

  private String lookSql() {
    if (dialect == Dialect.POSTGRESQL) {
      return POSTGRES_LOOK;
    }
    return IntStream.range(0, MARIADB_NAMES)
        .mapToObj(i -> "(is_used_lock(" + MARIADB_NAME.formatted(i) + ") is not null)")
        .collect(Collectors.joining(" + ", "select ", ""));
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(ANSWER_SECONDS);
      try (ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  @Override
  public void raise() {
    lock.lock();
    try {
      if (thread.isClosed() || isHeld()) {
        return;
      }
      release();
      PhysicalConnection<PhysicalProfile> borrowed = apart.borrow();
      holding = borrowed;
      take(borrowed.inAutoCommit());
      log.warn(
          "The other nodes cannot be reached; they are told through the database, and"
              + " larder.max-staleness holds everywhere");
    } catch (SQLException | RuntimeException e) {
      release();
      if (!told) {
        told = true;
        log.warn("The other nodes cannot be reached, nor can they be told through the database", e);
      }
    } finally {
      lock.unlock();
    }
  }

  private void take(Connection connection) throws SQLException {
    if (dialect == Dialect.POSTGRESQL) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("select pg_catalog.pg_advisory_lock_shared(" + POSTGRES_KEY + ")");
      }
      return;
    }
    for (int i = 0; i < MARIADB_NAMES; i++) {
      if (number(connection, "select get_lock(" + MARIADB_NAME.formatted(i) + ", 0)") == 1) {
        return;
      }
    }
    throw new SQLException("so many nodes are isolated that there is no name left", "55P03");
  }

  private boolean isHeld() {
    PhysicalConnection<PhysicalProfile> held = holding;
    try {
      return held != null && held.connection().isValid(ANSWER_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void lower() {
    lock.lock();
    try {
      if (holding != null) {
        log.info("The other nodes are heard again");
      }
      release();
      told = false;
    } finally {
      lock.unlock();
    }
  }

  /** The lock must not live on in a connection that somebody else is given. */
  private void release() {
    PhysicalConnection<PhysicalProfile> held = holding;
    holding = null;
    if (held != null) {
      held.discard();
    }
  }

  /** Ends the looking; what is held is held on. */
  public void stopLooking() {
    thread.interrupt(LONGEST_CLOSE);
  }

  @Override
  public void close() {
    stopLooking();
    lock.lock();
    try {
      release();
    } finally {
      lock.unlock();
    }
  }
}
