package dev.larder.invalidation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Rows that are asked for the first time while commits to their table overlap without end: what is
 * kept of them is what the database holds for as long as its stamp is current, and each of them can
 * be kept.
 */
final class SteadyCommitsTest {

  private static final TableName TABLE = new TableName("public", "t");
  private static final int ROWS = 2_000;
  private static final int ROUNDS = 5;

  private static final int WRITERS = 3;

  /** The database: one row for each value. */
  private final AtomicIntegerArray rows = new AtomicIntegerArray(ROWS);

  private final Ledger ledger = Ledger.unshared(new DatabaseIdentity("test", "steady"));
  private final TrackedFootprint table = ledger.track(Footprint.of(List.of(TABLE), List.of()));

  /** Where the reader is: writers write there, so that they meet. */
  private final AtomicInteger at = new AtomicInteger();

  private final CountDownLatch begun = new CountDownLatch(WRITERS);
  private volatile boolean stopped;
  private volatile @Nullable Throwable failed;

  private record Kept(int row, int value, Stamp stamp) {}

  @Test
  void whatIsKeptIsWhatThereIs() throws InterruptedException {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    System.out.println("steady commits: -Dlarder.test.seed=" + seed);
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      Random random = new Random(seed + i);
      Thread writer = new Thread(() -> write(random), "writer-" + i);
      writer.start();
      writers.add(writer);
    }
    begun.await();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        read(Set.of("c" + round));
      }
    } finally {
      stopped = true;
      for (Thread writer : writers) {
        writer.join(10_000);
      }
    }
    assertThat(failed).isNull();
  }

  /** By an access path of its own each time, of which every cell is new. */
  private void read(Set<String> columns) {
    AccessPath path = Objects.requireNonNull(ledger.trackRows(TABLE, "id", columns));
    List<Kept> all = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      at.set(row);
      keep(path, row, all);
      check(all.subList(Math.max(0, all.size() - 20), all.size()));
    }
    // Those before are over at some time, though the table is never at rest.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    for (int row = 0; row < ROWS; row++) {
      at.set(row);
      while (!keep(path, row, all)) {
        assertThat(System.nanoTime()).as("row %d never counts", row).isLessThan(deadline);
        Thread.yield();
      }
    }
    check(all);
  }

  /** Whether what was read of a row could be kept. */
  private boolean keep(AccessPath path, int row, List<Kept> all) {
    Stamp stamp =
        table
            .narrowed(List.of(new TrackedFootprint.Narrowing(TABLE, path, new int[] {row})))
            .stamp();
    int value = rows.get(row);
    if (stamp.isCurrent()) {
      all.add(new Kept(row, value, stamp));
    }
    assertThat(table.stamp().wasOpen()).isTrue();
    return stamp.isCurrent();
  }

  private void check(List<Kept> all) {
    for (Kept each : all) {
      // Asked in this order: a commit moves the stamp before it reaches the database.
      int there = rows.get(each.row());
      if (there != each.value()) {
        assertThat(each.stamp().isCurrent())
            .as("row %d is kept as %d and is %d", each.row(), each.value(), there)
            .isFalse();
      }
    }
  }

  /** One commit begins before the one before it ends, so that the table is never at rest. */
  private void write(Random random) {
    try {
      OpenCommit last = ledger.begin(changeOf(0));
      begun.countDown();
      while (!stopped) {
        int row = (at.get() + 1 + random.nextInt(4)) % ROWS;
        OpenCommit next = ledger.begin(changeOf(row));
        last.end();
        if (random.nextBoolean()) {
          // Long enough for the reader to come by, ask for this row and read it.
          Thread.yield();
        }
        rows.incrementAndGet(row);
        last = next;
      }
      last.end();
    } catch (RuntimeException | Error e) {
      failed = e;
    }
  }

  private static ChangeSet changeOf(int row) {
    return ChangeSet.ofRows(TABLE, new RowChange(Map.of("id", Set.of(row)), null));
  }
}
