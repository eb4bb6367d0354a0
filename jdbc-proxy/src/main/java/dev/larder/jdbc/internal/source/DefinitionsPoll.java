package dev.larder.jdbc.internal.source;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Ledger;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.source.Coverage;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again and again whether definitions have changed, which no change capture tells: DDL, GRANT,
 * REVOKE, policies, functions. Thread-safe.
 */
final class DefinitionsPoll implements Coverage.Proof, AutoCloseable {

  /*
   * The fingerprint is of the moment at which it was asked for. If it is the one before, nothing has changed up to then, so that
   * moment is the proof; if it is another, everything is moved first and the moment is the proof then. What was read before the
   * first fingerprint is moved by the source's connecting or, where that came earlier, here.
   */

  private static final Logger log = LoggerFactory.getLogger(DefinitionsPoll.class);
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(50);
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);
  private static final long LONGEST_CLOSE_SECONDS = 5;

  /** Opens a connection of the poll's own. */
  @FunctionalInterface
  interface Connections {
    Connection open() throws SQLException;
  }

  private final CatalogueReader reader;
  private final Connections connections;
  private final Ledger ledger;
  private final Runnable onChange;
  private final Duration interval;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Long sameAtNanos;
  private @Nullable String known;
  private boolean failing;

  /**
   * @param onChange told of a change before the ledger is
   */
  DefinitionsPoll(
      CatalogueReader reader,
      Connections connections,
      Ledger ledger,
      Duration maxStaleness,
      Runnable onChange) {
    this.reader = reader;
    this.connections = connections;
    this.ledger = ledger;
    this.onChange = onChange;
    Duration quarter = maxStaleness.dividedBy(4);
    this.interval =
        quarter.compareTo(SHORTEST_INTERVAL) < 0
            ? SHORTEST_INTERVAL
            : quarter.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : quarter;
    this.thread = new Thread(this::run, "larder-definitions");
    thread.setDaemon(true);
  }

  DefinitionsPoll start() {
    thread.start();
    return this;
  }

  @Override
  public boolean holdsSince(long nanos) {
    Long same = sameAtNanos;
    return same != null && same - nanos >= 0;
  }

  private void run() {
    Connection connection = null;
    try {
      do {
        try {
          if (connection == null) {
            connection = connections.open();
          }
          look(connection);
        } catch (SQLException | RuntimeException e) {
          failed(e);
          if (connection != null) {
            PostgresTarget.abort(connection);
            connection = null;
          }
        }
      } while (!closing.await(interval.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      // Only close() interrupts this thread.
    } finally {
      if (connection != null) {
        PostgresTarget.close(connection);
      }
    }
  }

  private void look(Connection connection) throws SQLException {
    long asked = System.nanoTime();
    String found = reader.fingerprint(connection);
    if (found == null) {
      return;
    }
    if (!found.equals(known)) {
      if (known != null) {
        log.debug("Definitions have changed elsewhere");
      }
      onChange.run();
      ledger.changed(ChangeSet.DEFINITIONS, Origin.SOURCE);
      known = found;
    }
    sameAtNanos = asked;
    failing = false;
  }

  private void failed(Exception failure) {
    if (!failing && closing.getCount() > 0) {
      log.warn(
          "Cannot ask whether definitions have changed; answers live for larder.max-staleness at"
              + " most meanwhile ({})",
          failure.getMessage());
    }
    failing = true;
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(LONGEST_CLOSE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
