package dev.larder.invalidation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.TableName;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogPositionsTest {

  private static final TableName BOOK = new TableName("public", "book");
  private static final TableName PRICE = new TableName("public", "price");

  private final Ledger ledger = Ledger.unshared(new DatabaseIdentity("test", "1"));
  private final LogPositions log = ledger.newLogPositions();
  private final TrackedFootprint book = ledger.track(Footprint.of(List.of(BOOK), List.of()));
  private final TrackedFootprint price = ledger.track(Footprint.of(List.of(PRICE), List.of()));

  @Test
  void aFootprintIsUnknownUntilThePrimaryWasAsked() {
    assertThat(book.stamp().logPosition(log)).isEqualTo(LogPositions.UNKNOWN);
    log.note(log.mark(), 100);
    assertThat(book.stamp().logPosition(log)).isEqualTo(100);
  }

  @Test
  void aCommitMakesItUnknownUntilThePrimaryWasAskedAfterIt() {
    log.note(log.mark(), 100);
    LogPositions.Mark before = log.mark();
    OpenCommit commit = ledger.begin(ChangeSet.ofTables(List.of(BOOK)));
    log.note(log.mark(), 110);
    assertThat(book.stamp().logPosition(log)).as("open").isEqualTo(LogPositions.UNKNOWN);
    commit.end();
    log.note(before, 120);
    assertThat(book.stamp().logPosition(log)).as("asked before").isEqualTo(LogPositions.UNKNOWN);
    log.note(log.mark(), 130);
    assertThat(book.stamp().logPosition(log)).isEqualTo(130);
    assertThat(price.stamp().logPosition(log)).as("not written").isEqualTo(100);
  }

  @Test
  void whatAHookReportsIsUnknownToo() {
    log.note(log.mark(), 100);
    ledger.changed(ChangeSet.ofTables(List.of(BOOK)), Origin.HOOK);
    assertThat(book.stamp().logPosition(log)).isEqualTo(LogPositions.UNKNOWN);
    log.note(log.mark(), 110);
    assertThat(book.stamp().logPosition(log)).isEqualTo(110);
  }

  @Test
  void aReplicasAgeIsThatOfTheLastSampleItCovers() {
    assertThat(log.ageNanos(100, System.nanoTime())).isEqualTo(Long.MAX_VALUE);
    long early = System.nanoTime();
    log.note(log.mark(), 100);
    long middle = System.nanoTime();
    log.note(log.mark(), 200);
    long late = System.nanoTime();
    assertThat(log.ageNanos(99, late)).isEqualTo(Long.MAX_VALUE);
    assertThat(log.ageNanos(150, late)).isBetween(late - middle, late - early);
    assertThat(log.ageNanos(200, late)).isBetween(0L, late - middle);
  }

  @Test
  void anotherPrimaryBeginsAnew() {
    LogPositions.Mark old = log.mark();
    log.note(log.mark(), 100);
    log.forget();
    log.note(old, 90);
    assertThat(book.stamp().logPosition(log)).isEqualTo(LogPositions.UNKNOWN);
    log.note(log.mark(), 50);
    assertThat(book.stamp().logPosition(log)).isEqualTo(50);
  }

  /** Whatever was forgotten, a bound is never below the position of the table's last commit. */
  @Test
  void boundsAreNeverTooLow() {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    System.out.println("LogPositions: -Dlarder.test.seed=" + seed);
    Random random = new Random(seed);
    long end = 0;
    long[] last = new long[2];
    List<TrackedFootprint> footprints = List.of(book, price);
    List<TableName> tables = List.of(BOOK, PRICE);
    for (int step = 0; step < 20_000; step++) {
      int table = random.nextInt(50) == 0 ? 1 : 0;
      if (random.nextBoolean()) {
        OpenCommit commit = ledger.begin(ChangeSet.ofTables(List.of(tables.get(table))));
        end += 1 + random.nextInt(9);
        last[table] = end;
        commit.end();
      }
      if (random.nextInt(3) == 0) {
        LogPositions.Mark mark = log.mark();
        log.note(mark, end);
      }
      for (int i = 0; i < 2; i++) {
        assertThat(footprints.get(i).stamp().logPosition(log)).isGreaterThanOrEqualTo(last[i]);
      }
    }
    log.note(log.mark(), end);
    assertThat(book.stamp().logPosition(log)).isLessThanOrEqualTo(end);
  }
}
