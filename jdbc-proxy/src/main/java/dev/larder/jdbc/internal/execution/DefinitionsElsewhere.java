package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks now and then, while statements come, whether others have changed definitions since the
 * catalogue was read. Thread-safe.
 */
final class DefinitionsElsewhere implements AutoCloseable {

  /*
   * Rows that were read by old definitions are no older than larder.max-staleness anyway. But a plan that was made by them may
   * outlive them: a view that reads another table now, a trigger that writes one more. What this very program writes would then go
   * unnoticed, which nobody's staleness excuses.
   *
   * Nothing is asked while nothing is sent or answered. The first statements after a pause may be judged by old definitions for one
   * interval; answers from before the pause are too old by then.
   */

  private static final Logger log = LoggerFactory.getLogger(DefinitionsElsewhere.class);
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(5);

  private static final ScheduledExecutorService ASKERS =
      Executors.newScheduledThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "larder-definitions-elsewhere");
            thread.setDaemon(true);
            return thread;
          });

  private final KnownDatabase database;
  private final CatalogueReader reader;
  private final CatalogueWatch catalogue;
  private final ConnectionLender apart;
  private final LongSupplier uses;
  private long usesSeen;
  private volatile @Nullable ScheduledFuture<?> asking;

  /**
   * @param apart opens connections that the application does not wait for
   * @param uses grows with each statement
   */
  DefinitionsElsewhere(
      KnownDatabase database,
      CatalogueReader reader,
      CatalogueWatch catalogue,
      ConnectionLender apart,
      LongSupplier uses) {
    this.database = database;
    this.reader = reader;
    this.catalogue = catalogue;
    this.apart = apart;
    this.uses = uses;
  }

  DefinitionsElsewhere start(Duration maxStaleness) {
    Duration half = maxStaleness.dividedBy(2);
    Duration interval = half.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : half;
    interval = interval.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : interval;
    asking =
        ASKERS.scheduleWithFixedDelay(
            this::look, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    return this;
  }

  private void look() {
    try {
      long now = uses.getAsLong();
      String known = catalogue.fingerprint();
      if (now != usesSeen && known != null) {
        usesSeen = now;
        String found = ask();
        if (found != null && !found.equals(known) && viewer(found).equals(viewer(known))) {
          log.debug("Definitions have changed elsewhere");
          database.ledger().changed(ChangeSet.DEFINITIONS, Origin.SOURCE);
        }
      }
    } catch (SQLException | RuntimeException | Error e) {
      // The database is away: nothing is read by old definitions either.
      log.debug("Cannot ask whether definitions have changed", e);
    }
  }

  /** Whose rights decided on what the fingerprint is of; empty where they do not matter. */
  private static String viewer(String fingerprint) {
    return fingerprint.substring(0, Math.max(0, fingerprint.lastIndexOf(' ')));
  }

  private @Nullable String ask() throws SQLException {
    PhysicalConnection<PhysicalProfile> borrowed = apart.borrow();
    try {
      Connection connection = borrowed.connection();
      if (!connection.getAutoCommit()) {
        connection.setAutoCommit(true);
      }
      return reader.fingerprint(connection);
    } finally {
      borrowed.release();
    }
  }

  @Override
  public void close() {
    ScheduledFuture<?> scheduled = asking;
    if (scheduled != null) {
      scheduled.cancel(false);
    }
  }
}
