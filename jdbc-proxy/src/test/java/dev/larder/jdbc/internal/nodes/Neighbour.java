package dev.larder.jdbc.internal.nodes;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.SourceReport;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ValueHash;
import dev.larder.invalidation.ledger.AccessPath;
import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.invalidation.ledger.Footprint;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.invalidation.source.SourceWatch;
import dev.larder.jdbc.internal.settings.SourceSettings;
import dev.larder.jdbc.internal.transport.StreamTransport;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;

/**
 * One node without a database: a ledger of its own, and its part in a stream. Used by one thread.
 */
final class Neighbour implements AutoCloseable {

  static final DatabaseIdentity DATABASE = new DatabaseIdentity("postgresql", "1/shop");
  static final String SECRET = "correct horse battery staple";
  static final TableName TABLE = new TableName("public", "book");
  static final ChangeSet BOOK = ChangeSet.ofTables(Set.of(TABLE));

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final Ledger ledger = Ledger.unshared(DATABASE);
  final TrackedFootprint book = ledger.track(Footprint.of(Set.of(TABLE), Set.of()));
  final ClusterSource source;
  final SourceWatch watch;

  /**
   * @param patience for how long others may be silent before it takes them for dead
   */
  Neighbour(String cluster, StreamTransport line, Duration maxStaleness, Duration patience) {
    SourceSettings.Redis meeting = new SourceSettings.Redis(List.of("memory:"), SECRET, cluster);
    ClusterOptions options =
        new ClusterOptions(meeting, maxStaleness, patience, patience.multipliedBy(2));
    source = new ClusterSource(line, options, ledger, IsolationSignal.NONE);
    watch = new SourceWatch(source, ledger, maxStaleness).start();
  }

  /** One that finds others dead only after a long time. */
  static Neighbour in(String cluster, StreamTransport line) {
    return new Neighbour(cluster, line, Duration.ofMillis(300), Duration.ofMinutes(1));
  }

  /** What a query depends on that finds the rows of the table by that id. */
  TrackedFootprint rowsOfBook(int id) {
    AccessPath rows = Objects.requireNonNull(ledger.trackRows(TABLE, "id", null));
    int[] hashes = {ValueHash.of(id)};
    return book.narrowed(List.of(new TrackedFootprint.Narrowing(TABLE, rows, hashes)));
  }

  SourceReport report() {
    return watch.report();
  }

  boolean covers() {
    return report().state() == SourceReport.State.COVERING;
  }

  Neighbour untilCovering() {
    until("it covers", this::covers);
    return this;
  }

  /** A stamp on which nothing is under way. */
  Stamp settled() {
    until("nothing is open", () -> !book.stamp().wasOpen());
    return book.stamp();
  }

  static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      Assertions.assertThat(System.nanoTime())
          .as("waited too long until %s", what)
          .isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }

  /** Ends without a word, as a crash does. */
  void vanish() {
    watch.close();
  }

  @Override
  public void close() {
    source.leave(() -> true);
    watch.close();
  }
}
