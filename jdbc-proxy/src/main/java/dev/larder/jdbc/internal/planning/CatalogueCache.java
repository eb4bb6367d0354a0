package dev.larder.jdbc.internal.planning;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.concurrent.DaemonThreads;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.jdbc.internal.catalog.Catalogue;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.connection.PhysicalConnections;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.session.CustomSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the catalogue of a database at hand and reads it again when definitions have changed.
 * Thread-safe.
 */
public final class CatalogueCache {

  private static final Logger log = LoggerFactory.getLogger(CatalogueCache.class);

  private static final long LONGEST_WAIT_MILLIS = 5_000;

  /** A caller that holds a connection may hold the pool's last one, for which the reading waits. */
  private static final long LONGEST_WAIT_OF_A_HOLDER_MILLIS = 1_000;

  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long IDLE_SECONDS = 5;

  private static final Executor READERS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          DaemonThreads.named("larder-catalogue"));

  private final DatabaseContext database;
  private final PhysicalConnections lender;
  private final boolean looksAgain;
  private final CustomSettings customSettings;
  private final Counters counters;
  private final AtomicReference<@Nullable CompletableFuture<CatalogueVersion>> reading =
      new AtomicReference<>();

  /** A reading that somebody has waited for in vain; nobody else does. */
  private volatile @Nullable CompletableFuture<CatalogueVersion> slow;

  private volatile CatalogueVersion current = CatalogueVersion.NONE;
  private volatile long failedAtNanos;
  private volatile boolean failed;

  /**
   * @param looksAgain whether somebody compares the {@link #atHand() fingerprint} later
   * @param customSettings gets the names of the settings that definitions read
   */
  public CatalogueCache(
      DatabaseContext database,
      PhysicalConnections lender,
      boolean looksAgain,
      CustomSettings customSettings,
      Counters counters) {
    this.database = database;
    this.lender = lender;
    this.looksAgain = looksAgain;
    this.customSettings = customSettings;
    this.counters = counters;
  }

  /**
   * The definitions as they are now; {@link CatalogueVersion#NONE} where they cannot be had, or are
   * being changed.
   */
  CatalogueVersion definitions(LogicalConnection link) throws SQLException {
    CatalogueVersion known = current;
    return known.catalogue() != null && known.areCurrent() ? known : readAgain(link);
  }

  /** The definitions that were read last, if they still hold; reads nothing. */
  public CatalogueVersion atHand() {
    CatalogueVersion known = current;
    return known.areCurrent() ? known : CatalogueVersion.NONE;
  }

  /**
   * Lets go of the definitions, and of those that are being read; whoever asks for them has them
   * read.
   */
  void forget() {
    reading.set(null);
    current = CatalogueVersion.NONE;
    slow = null;
  }

  /** The definitions read anew, for a text that names something they do not hold. */
  CatalogueVersion readAgain(LogicalConnection link) throws SQLException {
    CatalogueReader reader = database.reader();
    if (reader == null || !database.isIdentified()) {
      return CatalogueVersion.NONE;
    }
    if (failed && System.nanoTime() - failedAtNanos < RETRY_NANOS) {
      return CatalogueVersion.NONE;
    }
    if (database.definitions().stamp().wasOpen()) {
      return CatalogueVersion.NONE;
    }
    return read(reader, link);
  }

  private CatalogueVersion read(CatalogueReader reader, LogicalConnection link)
      throws SQLException {
    CompletableFuture<CatalogueVersion> mine = new CompletableFuture<>();
    CompletableFuture<CatalogueVersion> running = reading.compareAndExchange(null, mine);
    if (running == null) {
      running = mine;
      Connection own = usable(link);
      if (own != null) {
        // Nobody may be lent it before the reading has put it back as it was.
        try {
          load(reader, own, mine);
        } finally {
          link.endsWork();
        }
      } else {
        READERS.execute(() -> borrowAndLoad(reader, mine));
      }
    }
    if (running == slow) {
      return CatalogueVersion.NONE;
    }
    try {
      long wait = link.holdsPhysical() ? LONGEST_WAIT_OF_A_HOLDER_MILLIS : LONGEST_WAIT_MILLIS;
      CatalogueVersion read = link.await(running, TimeUnit.MILLISECONDS.toNanos(wait));
      if (read == null) {
        slow = running;
        if (running.isDone()) {
          // It ended just now and has looked here already: nobody else would let go of it.
          slow = null;
        }
        return CatalogueVersion.NONE;
      }
      return read.areCurrent() ? read : CatalogueVersion.NONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CatalogueVersion.NONE;
    }
  }

  /**
   * The caller's own connection, if reading on it disturbs no transaction and depends on no SET; it
   * is at work then, until the caller ends that.
   */
  private static @Nullable Connection usable(LogicalConnection link) {
    try {
      boolean free =
          link.holdsPhysical()
              && !link.session().transaction().isOpen()
              && link.session().hasSetNothing();
      if (!free) {
        return null;
      }
      Connection own = link.physical().connection();
      link.beginsWork();
      return own;
    } catch (SQLException e) {
      return null;
    }
  }

  private void borrowAndLoad(CatalogueReader reader, CompletableFuture<CatalogueVersion> result) {
    try {
      lender.ask(
          connection -> {
            load(reader, connection, result);
            return null;
          });
    } catch (SQLException | RuntimeException | Error e) {
      finish(result, CatalogueVersion.NONE, e);
    }
  }

  private void load(
      CatalogueReader reader, Connection connection, CompletableFuture<CatalogueVersion> result) {
    Stamp stamp = database.definitions().stamp();
    long readAt = System.nanoTime();
    try {
      // Before the reading: what changes in between is taken for a change, never for known.
      String fingerprint = looksAgain ? fingerprint(reader, connection) : null;
      Catalogue catalogue = reader.read(connection);
      customSettings.add(catalogue.customSettings());
      finish(result, new CatalogueVersion(catalogue, stamp, readAt, fingerprint), null);
    } catch (SQLException | RuntimeException | Error e) {
      finish(result, CatalogueVersion.NONE, e);
    }
  }

  /** Null where it cannot be had. */
  private static @Nullable String fingerprint(CatalogueReader reader, Connection connection) {
    try {
      return reader.fingerprint(connection);
    } catch (SQLException e) {
      log.debug("The definitions have no fingerprint", e);
      return null;
    }
  }

  private void finish(
      CompletableFuture<CatalogueVersion> result,
      CatalogueVersion definitions,
      @Nullable Throwable failure) {
    if (result.isDone()) {
      return;
    }
    if (failure == null) {
      failed = false;
      if (definitions.differFrom(atHand())) {
        // Read anew for a name that was not there, they turn out to have changed: plans were made
        // by the former ones.
        database.ledger().changed(ChangeSet.DEFINITIONS, Origin.SOURCE);
      }
      if (definitions.areCurrent()) {
        current = definitions;
      }
    } else if (lender.isClosed()) {
      log.debug("The catalogue is not read: the data source is closed", failure);
    } else {
      failedAtNanos = System.nanoTime();
      if (!failed) {
        log.warn(
            "Cannot read the database's catalogue; nothing is cached until it can be", failure);
      }
      failed = true;
      counters.failures.increment();
    }
    if (!reading.compareAndSet(result, null)) {
      // They were let go of while they were read, and nobody would do so again.
      current = CatalogueVersion.NONE;
    }
    result.complete(definitions);
    if (slow == result) {
      slow = null;
    }
  }
}
