package dev.larder.jdbc.internal.source;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.concurrent.DurationRange;
import dev.larder.invalidation.concurrent.PollingThread;
import dev.larder.invalidation.source.Coverage;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.connection.PhysicalConnections;
import dev.larder.jdbc.internal.planning.CatalogueCache;
import dev.larder.jdbc.internal.planning.CatalogueVersion;
import dev.larder.jdbc.internal.planning.DatabaseContext;
import dev.larder.jdbc.internal.settings.FreshnessSettings;
import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.jdbc.internal.settings.Writers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The poll for changed definitions, which no change capture tells of: DDL, GRANT, REVOKE, policies,
 * functions. Thread-safe.
 */
public final class DefinitionsPoll implements Coverage.Proof, AutoCloseable {

  /*
   * What is in memory was planned and read by a catalogue, of which the fingerprint was taken just
   * before. So a fingerprint that is found later and differs from that one means a change, and
   * everything is moved; one that does not is a proof that all was the same at the moment at which
   * it was asked for. Without a catalogue at hand there is nothing in memory by which to go wrong.
   * (A catalogue that takes the place of another is either read after everything was moved, or
   * CatalogueCache compares the two.)
   *
   * A pair of fingerprints that was compared before says nothing new. That is the case where the
   * two can never agree, because a source was given another server's URL, which it tells by itself;
   * without this rule nothing would ever stay in memory then.
   *
   * With a source the poll is what the source's lift of the age bound rests on, so it goes on
   * however idle the application is. Without one, rows that were read by old definitions are no
   * older than larder.max-staleness anyway. But a plan that was made by them may outlive them: a
   * view that reads another table now, a trigger that writes one more. What this very program
   * writes would then go unnoticed, which nobody's staleness excuses. Nothing is asked while
   * nothing is sent or answered: the first statements after a pause may be judged by old
   * definitions for one interval, and answers from before the pause are too old by then.
   */

  private static final Logger log = LoggerFactory.getLogger(DefinitionsPoll.class);
  private static final DurationRange BESIDE_A_SOURCE = DurationRange.ofMillis(50, 1_000);
  private static final DurationRange WHILE_USED = DurationRange.ofMillis(100, 5_000);

  /** Where the fingerprint comes from. Used by one thread, but for ending it. */
  interface Question {

    /**
     * The fingerprint as it is now, null where the product has none.
     *
     * @throws SQLException where it cannot be had this time
     */
    @Nullable String ask() throws SQLException;

    /** Nothing will be asked any more; one that is being asked may fail. */
    default void end() {}
  }

  /**
   * The definitions of one database.
   *
   * @param reader reads their fingerprint
   * @param catalogue what they are taken for
   */
  public record Definitions(
      DatabaseContext database, CatalogueReader reader, CatalogueCache catalogue) {}

  private final Question question;
  private final CatalogueCache catalogue;
  private final DatabaseContext database;
  private final Duration interval;
  private final @Nullable LongSupplier uses;
  private final Runnable onChange;
  private final PollingThread thread;
  private volatile @Nullable Long sameAtNanos;
  private @Nullable String lastFound;
  private @Nullable String lastRead;
  private long usesSeen;
  private boolean failing;

  /** Whether the first round is none yet. */
  private boolean isPaused;

  private DefinitionsPoll(
      Question question,
      Definitions definitions,
      Duration interval,
      @Nullable LongSupplier uses,
      Runnable onChange) {
    this.question = question;
    this.catalogue = definitions.catalogue();
    this.database = definitions.database();
    this.interval = interval;
    this.uses = uses;
    this.onChange = onChange;
    this.thread = new PollingThread("larder-definitions", this::poll, question::end);
    this.isPaused = uses != null;
  }

  /** Whether others may change definitions, as far as the settings tell. */
  public static boolean isNeeded(Settings settings) {
    boolean hasSource = settings.sources().asksTheDatabase();
    FreshnessSettings freshness = settings.freshness();
    boolean hasBound =
        freshness.writers() != Writers.THIS_JVM && !freshness.maxStaleness().isZero();
    return freshness.enabled() && (hasSource || hasBound);
  }

  /**
   * One on which a source relies.
   *
   * @param onChange told of a change before the ledger is
   */
  public static DefinitionsPoll beside(
      SourceTarget source, Definitions definitions, Duration maxStaleness, Runnable onChange) {
    Duration interval = BESIDE_A_SOURCE.nearestTo(maxStaleness.dividedBy(4));
    Question question = new FingerprintConnection(source, definitions.reader());
    return new DefinitionsPoll(question, definitions, interval, null, onChange);
  }

  /**
   * One for where there is no source.
   *
   * @param apart opens connections that the application does not wait for
   * @param uses grows with each statement
   */
  public static DefinitionsPoll whileUsed(
      PhysicalConnections apart,
      Definitions definitions,
      Duration maxStaleness,
      LongSupplier uses) {
    Duration interval = WHILE_USED.nearestTo(maxStaleness.dividedBy(2));
    Question question = () -> apart.ask(definitions.reader()::fingerprint);
    return new DefinitionsPoll(question, definitions, interval, uses, () -> {});
  }

  public DefinitionsPoll start() {
    thread.start();
    return this;
  }

  @Override
  public boolean holdsSince(long nanos) {
    Long same = sameAtNanos;
    return same != null && same - nanos >= 0;
  }

  private long poll() {
    boolean goesOn = isPaused || !isDue() || look();
    isPaused = false;
    return goesOn ? interval.toNanos() : PollingThread.END;
  }

  private boolean isDue() {
    if (uses == null) {
      return true;
    }
    long now = uses.getAsLong();
    if (now == usesSeen || catalogue.atHand().catalogue() == null) {
      return false;
    }
    usesSeen = now;
    return true;
  }

  /** False where there is nothing to ask for. */
  private boolean look() {
    long asked = System.nanoTime();
    try {
      String found = question.ask();
      if (found == null) {
        return false;
      }
      compare(found);
      sameAtNanos = asked;
      failing = false;
    } catch (SQLException | RuntimeException | Error e) {
      failed(e);
    }
    return true;
  }

  private void compare(String found) {
    CatalogueVersion known = catalogue.atHand();
    if (known.catalogue() == null) {
      return;
    }
    String read = known.fingerprint();
    boolean isNew = !found.equals(lastFound);
    boolean hasChanged =
        known.isComparable(found)
            ? !found.equals(read) && (isNew || !Objects.equals(read, lastRead))
            : isNew;
    if (isNew) {
      onChange.run();
    }
    if (hasChanged) {
      log.debug("Definitions have changed elsewhere");
      database.ledger().changed(ChangeSet.DEFINITIONS, Origin.SOURCE);
    }
    lastFound = found;
    lastRead = read;
  }

  private void failed(Throwable failure) {
    if (!failing && !thread.isClosed()) {
      log.warn(
          "Cannot ask whether definitions have changed; answers live for larder.max-staleness at"
              + " most meanwhile ({})",
          failure.getMessage());
    }
    failing = true;
  }

  /** Does not wait for what is under way: it can do no harm. */
  @Override
  public void close() {
    thread.stop();
    question.end();
  }
}
