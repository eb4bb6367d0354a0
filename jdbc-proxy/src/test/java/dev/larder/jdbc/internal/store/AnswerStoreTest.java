package dev.larder.jdbc.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.invalidation.ledger.Footprint;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.result.Capture;
import dev.larder.jdbc.internal.result.CaptureOutcome;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.result.driver.registry.Drivers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers are bounded by bytes, and those stay that save the most database time. */
final class AnswerStoreTest {

  private static final long ANY_AGE = Long.MAX_VALUE;
  private static final TableName BOOK = new TableName("public", "book");

  private final Ledger ledger = Ledger.unshared(new DatabaseIdentity("test", "store"));
  private final TrackedFootprint book = ledger.track(Footprint.of(List.of(BOOK), List.of()));
  private final Counters counters = new Counters();
  private final Snapshot snapshot = snapshot(400);

  private static Snapshot snapshot(int length) {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = connection.createStatement();
        ResultSet live = statement.executeQuery("select repeat('x', " + length + ")")) {
      CaptureOutcome outcome = Capture.capture(live, Drivers.STANDARD, 10, 1 << 20);
      return ((CaptureOutcome.Complete) outcome).snapshot();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private Entry entry() {
    return new Entry(snapshot, book.stamp(), 0);
  }

  private static CacheKey key(int template, int number) {
    return Keys.key("ada", "select " + template, "p" + number).frozen();
  }

  /** What a hit saves, of statements that take so long. */
  private LoadCost cost(double millis) {
    return LoadCost.UNKNOWN.measured(millis * 1e6, snapshot.bytes());
  }

  @Test
  void whatChangedIsNotFound() {
    AnswerStore store = new AnswerStore(1 << 20, counters);
    store.put(key(1, 1), entry(), LoadCost.UNKNOWN);
    assertThat(store.find(key(1, 1), LoadCost.UNKNOWN, ANY_AGE)).isNotNull();
    ledger.changed(ChangeSet.ofTables(List.of(BOOK)), Origin.COMMIT);
    assertThat(store.find(key(1, 1), LoadCost.UNKNOWN, ANY_AGE)).isNull();
    assertThat(counters.invalidated.sum()).isEqualTo(1);
    assertThat(store.bytes()).isZero();
  }

  @Test
  void aTemplateIsForgottenAndSoIsWhatWasBeingReadMeanwhile() {
    AnswerStore store = new AnswerStore(1 << 20, counters);
    long before = System.nanoTime();
    store.put(key(1, 1), entry(), LoadCost.UNKNOWN);
    store.put(key(1, 2), entry(), cost(100));
    store.put(key(2, 1), entry(), LoadCost.UNKNOWN);

    assertThat(store.forget("select 1"::equals)).isEqualTo(2);
    assertThat(store.find(key(1, 1), LoadCost.UNKNOWN, ANY_AGE)).isNull();
    assertThat(store.find(key(1, 2), cost(100), ANY_AGE)).isNull();
    assertThat(store.find(key(2, 1), LoadCost.UNKNOWN, ANY_AGE)).isNotNull();
    assertThat(store.forget("select 1"::equals)).isZero();

    store.put(key(1, 1), new Entry(snapshot, book.stamp(), before), LoadCost.UNKNOWN);
    assertThat(store.find(key(1, 1), LoadCost.UNKNOWN, ANY_AGE)).as("read before").isNull();
    long after = System.nanoTime();
    while (System.nanoTime() == after) {
      Thread.onSpinWait();
    }
    store.put(key(1, 1), new Entry(snapshot, book.stamp(), System.nanoTime()), LoadCost.UNKNOWN);
    assertThat(store.find(key(1, 1), LoadCost.UNKNOWN, ANY_AGE)).as("read since").isNotNull();
  }

  @Test
  void anAnswerIsFoundWhenItsCostIsKnownBetter() {
    AnswerStore store = new AnswerStore(1 << 20, counters);
    store.put(key(1, 1), entry(), LoadCost.UNKNOWN);
    LoadCost slow = cost(100);
    assertThat(slow.costClass()).isNotEqualTo(LoadCost.UNKNOWN.costClass());
    assertThat(store.find(key(1, 1), slow, ANY_AGE)).isNotNull();
    store.drop(key(1, 1), Objects.requireNonNull(store.find(key(1, 1), slow, ANY_AGE)));
    assertThat(store.find(key(1, 1), slow, ANY_AGE)).isNull();
  }

  @Test
  void anAnswerMovesToTheClassItWasAskedForIn() {
    AnswerStore store = new AnswerStore(1 << 20, counters);
    store.put(key(1, 1), entry(), LoadCost.UNKNOWN);
    long bytes = store.bytes();
    LoadCost slow = cost(100);
    Entry found = store.find(key(1, 1), slow, ANY_AGE);
    assertThat(store.entries()).isEqualTo(1);
    assertThat(store.bytes()).isEqualTo(bytes);
    // A cost that has never been in the first class finds it only where it was moved to.
    LoadCost alwaysSlow = new LoadCost(slow.costClass(), 0, slow.nanos());
    assertThat(store.find(key(1, 1), alwaysSlow, ANY_AGE)).isSameAs(found).isNotNull();
    assertThat(store.bytes()).isEqualTo(bytes);
    store.clear();
    assertThat(store.bytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {100, 0.001})
  void anAnswerIsFoundHoweverOftenItsCostHasChanged(double millis) {
    AnswerStore store = new AnswerStore(1 << 20, counters);
    store.put(key(1, 1), entry(), LoadCost.UNKNOWN);
    store.put(key(1, 2), entry(), LoadCost.UNKNOWN);
    long bytes = store.bytes();
    LoadCost other = LoadCost.UNKNOWN.measured(millis * 1e6, snapshot.bytes());
    LoadCost third = other.measured(3e6, snapshot.bytes());
    assertThat(List.of(LoadCost.UNKNOWN, other, third).stream().map(LoadCost::costClass))
        .doesNotHaveDuplicates();
    assertThat(store.findPast(key(1, 1), third)).isNotNull();
    assertThat(store.find(key(1, 1), third, ANY_AGE)).isNotNull();
    assertThat(store.bytes()).isEqualTo(bytes);
    ledger.changed(ChangeSet.ofTables(List.of(BOOK)), Origin.COMMIT);
    assertThat(store.find(key(1, 2), third, ANY_AGE)).isNull();
    assertThat(store.findPast(key(1, 1), third)).isNull();
    assertThat(store.entries()).as("dropped in passing").isEqualTo(1);
    LoadCost first = third.measured(200_000, 500);
    assertThat(first.costClass()).isEqualTo(LoadCost.UNKNOWN.costClass());
    assertThat(store.find(key(1, 1), first, ANY_AGE)).isNull();
    assertThat(store.bytes()).isZero();
  }

  @Test
  void aCostAtABoundStaysInItsClass() {
    LoadCost cost = LoadCost.UNKNOWN;
    for (int i = 0; i < 100; i++) {
      // 1,000 ns a byte is where one class ends.
      cost = cost.measured(i % 2 == 0 ? 900_000 : 1_100_000, 1_000);
      assertThat(cost.costClass()).isEqualTo(LoadCost.UNKNOWN.costClass());
    }
    assertThat(cost.measured(5_000_000, 1_000).costClass())
        .isEqualTo(LoadCost.UNKNOWN.costClass() + 1);
  }

  @Test
  void allClassesTogetherAreWithinTheBound() {
    long bound = 1 << 20;
    AnswerStore store = new AnswerStore(bound, counters);
    for (int i = 0; i < 20_000; i++) {
      store.put(key(i % 5, i), entry(), cost(Math.pow(10, i % 5 - 3)));
      assertThat(store.bytes()).isLessThanOrEqualTo(bound);
    }
    assertThat(store.bytes()).isGreaterThan(bound / 2);
    assertThat(counters.evictions.sum()).isPositive();
    store.clear();
    assertThat(store.bytes()).isZero();
    assertThat(store.entries()).isZero();
  }

  @Test
  void oneClassAloneMayTakeAllRoom() {
    long bound = 1 << 20;
    AnswerStore store = new AnswerStore(bound, counters);
    for (int i = 0; i < 5_000; i++) {
      store.put(key(1, i), entry(), LoadCost.UNKNOWN);
    }
    assertThat(store.bytes()).isBetween(bound * 9 / 10, bound);
  }

  /*
   * 40 templates of 100 queries each, whose database time is log-uniform from 0.1 to 100 ms; room
   * for a tenth of all answers; the same trace for a store that is told the costs, and for one
   * that is not, which is Caffeine by bytes.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void whatSavesTheMostStays(long seed) {
    int templates = 40;
    int keys = 4_000;
    SplittableRandom random = new SplittableRandom(seed);
    double[] millis = new double[templates];
    for (int i = 0; i < templates; i++) {
      millis[i] = Math.pow(10, random.nextDouble() * 3 - 1);
    }
    long answer = key(1, 1).bytes() + entry().bytes() + Entry.OVERHEAD;
    long room = keys * answer / 10;
    Trace informed = new Trace(new AnswerStore(room, new Counters()), millis, true);
    Trace plain = new Trace(new AnswerStore(room, new Counters()), millis, false);
    int[] shuffled = shuffled(keys, random);
    Zipf zipf = new Zipf(keys);
    for (int i = 0; i < 200_000; i++) {
      int key = shuffled[zipf.next(random)];
      informed.ask(key, i > 50_000);
      plain.ask(key, i > 50_000);
    }
    System.out.printf(
        "seed %d: saved %.3f, hits %.3f and %.3f%n",
        seed, informed.saved / plain.saved, informed.ratio(), plain.ratio());
    assertThat(informed.saved).isGreaterThan(1.1 * plain.saved);
    assertThat(informed.ratio()).isGreaterThan(plain.ratio() - 0.02);
  }

  private final class Trace {
    private final AnswerStore store;
    private final double[] millis;
    private final boolean isToldCosts;
    private double saved;
    private int hits;
    private int asked;

    Trace(AnswerStore store, double[] millis, boolean isToldCosts) {
      this.store = store;
      this.millis = millis;
      this.isToldCosts = isToldCosts;
    }

    void ask(int number, boolean counts) {
      int template = number % millis.length;
      LoadCost cost = isToldCosts ? cost(millis[template]) : LoadCost.UNKNOWN;
      boolean found = store.find(key(template, number), cost, ANY_AGE) != null;
      if (!found) {
        store.put(key(template, number), entry(), cost);
      }
      if (counts) {
        asked++;
        hits += found ? 1 : 0;
        saved += found ? millis[template] : 0;
      }
    }

    double ratio() {
      return hits / (double) asked;
    }
  }

  private static int[] shuffled(int count, SplittableRandom random) {
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      numbers[i] = numbers[j];
      numbers[j] = i;
    }
    return numbers;
  }

  /** Draws k in proportion to 1/(k + 1)^0.9. */
  private static final class Zipf {
    private final double[] sums;

    Zipf(int size) {
      sums = new double[size];
      double sum = 0;
      for (int i = 0; i < size; i++) {
        sum += 1 / Math.pow(i + 1, 0.9);
        sums[i] = sum;
      }
    }

    int next(SplittableRandom random) {
      int at = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
      return Math.min(at < 0 ? -at - 1 : at, sums.length - 1);
    }
  }
}
