package dev.larder.jdbc.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.invalidation.ledger.Footprint;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Which templates are passed on to the driver, and when they are admitted again. */
final class TemplateAdmissionTest {

  private static final TableName BOOK = new TableName("public", "book");
  private static final long ANY_AGE = Long.MAX_VALUE;

  private final Ledger ledger = Ledger.unshared(new DatabaseIdentity("test", "admission"));
  private final TrackedFootprint book = ledger.track(Footprint.of(List.of(BOOK), Set.of()));
  private long now;
  private final TemplateAdmission template = new AdmissionPolicy(true, () -> now).of("select ?");

  /** Queries that come one after the other, each of which takes as long as a miss. */
  private void queries(int count, Keys keys, long databaseMicros, long ownMicros) {
    for (int i = 0; i < count; i++) {
      now += Duration.ofNanos(1_000 * (databaseMicros + ownMicros)).toNanos();
      keys.next().ask(databaseMicros, ownMicros);
    }
  }

  private interface Keys {
    Query next();
  }

  /** One query, of a key that memory has or has not. */
  private final class Query {
    private final int key;
    private final boolean kept;

    Query(int key, boolean kept) {
      this.key = key;
      this.kept = kept;
    }

    void ask(long databaseMicros, long ownMicros) {
      if (template.isPassive()) {
        if (template.samples(key)) {
          template.passed(key, book.stamp(), ANY_AGE);
        }
      } else if (kept) {
        template.hit(1);
      } else {
        template.missed(key, ANY_AGE);
        template.loaded(databaseMicros * 1_000, ownMicros * 1_000, 500);
      }
    }
  }

  private Keys never() {
    int[] turn = {0};
    return () -> new Query(turn[0]++, false);
  }

  private Keys uniform(int keys) {
    SplittableRandom random = new SplittableRandom(7);
    Set<Integer> kept = new HashSet<>();
    return () -> {
      int key = random.nextInt(keys);
      return new Query(key, !template.isPassive() && !kept.add(key));
    };
  }

  @Test
  void whatIsNeverAskedAgainIsPassedOnWithinASecond() {
    queries(10_000, never(), 50, 5);
    assertThat(Duration.ofNanos(now)).isLessThan(Duration.ofSeconds(1));
    assertThat(template.isPassive()).isTrue();
    assertThat(template.figures()).contains("0.0 %").contains("50 us");
  }

  @Test
  void whatIsAskedAgainIsKept() {
    queries(100_000, uniform(1_000), 50, 5);
    assertThat(template.isPassive()).isFalse();
  }

  @Test
  void aFewHitsAreEnoughWhereTheDatabaseTakesLong() {
    int[] turn = {0};
    queries(20_000, () -> new Query(++turn[0], turn[0] % 50 == 0), 5_000, 5);
    assertThat(template.isPassive()).isFalse();
  }

  @Test
  void aFewHitsAreNotWhereTheDatabaseIsFast() {
    int[] turn = {0};
    queries(20_000, () -> new Query(++turn[0], turn[0] % 50 == 0), 50, 5);
    assertThat(template.isPassive()).isTrue();
  }

  @Test
  void aLossThatNobodyFeelsIsNoReason() {
    for (int i = 0; i < 10_000; i++) {
      now += Duration.ofMillis(20).toNanos();
      new Query(i, false).ask(50, 5);
    }
    assertThat(template.isPassive()).isFalse();
  }

  @Test
  void aWorkloadThatComesToPayIsAdmittedAgain() {
    queries(50_000, never(), 50, 5);
    assertThat(template.isPassive()).isTrue();
    queries(50_000, uniform(500), 50, 5);
    assertThat(template.isPassive()).isFalse();
  }

  @Test
  void soIsOneOfVeryFewKeysAfterOneOfVeryMany() {
    queries(2_000_000, never(), 50, 5);
    assertThat(template.isPassive()).isTrue();
    queries(200_000, uniform(3), 50, 5);
    assertThat(template.isPassive()).isFalse();
  }

  @Test
  void oneOfManyKeysIsKnownByItsSampleBeforeMemoryHoldsThem() {
    Keys keys = uniform(20_000);
    queries(200_000, keys, 50, 5);
    assertThat(template.isPassive()).isFalse();
  }

  @Test
  void soIsOneOfKeysThatDifferInHowOftenTheyAreAsked() {
    // 1/k of 10,000 keys, and one query in twenty writes its key: most of the others could hit.
    SplittableRandom random = new SplittableRandom(11);
    double[] sums = new double[10_000];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = (i == 0 ? 0 : sums[i - 1]) + 1.0 / (i + 1);
    }
    queries(20_000, never(), 50, 5);
    assertThat(template.isPassive()).isTrue();
    Set<Integer> kept = new HashSet<>();
    queries(
        100_000,
        () -> {
          int found = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
          int key = found < 0 ? -found - 1 : found;
          return new Query(-key, !template.isPassive() && !kept.add(key));
        },
        50,
        5);
    assertThat(template.isPassive()).isFalse();
  }

  @Test
  void whatWasMeasuredWhileAllWasNewIsNoReasonForEver() {
    queries(300, never(), 2_000, 2_500);
    assertThat(template.isPassive()).isTrue();
    Keys keys = uniform(200);
    for (int i = 0; i < 20_000; i++) {
      now += 60_000;
      keys.next().ask(60, 6);
      if (template.isPassive()) {
        template.passedIn(60_000);
      }
    }
    assertThat(template.isPassive()).isFalse();
  }

  @Test
  void answersThatChangeBeforeTheyAreAskedForAgainDoNotPay() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 100_000; i++) {
      now += 55_000;
      ledger.changed(ChangeSet.ofTables(List.of(BOOK)), Origin.COMMIT);
      new Query(random.nextInt(100), false).ask(50, 5);
    }
    assertThat(template.isPassive()).isTrue();
  }

  @Test
  void whoGoesToAndFroStaysPassiveForLongerEachTime() {
    int changes = 0;
    boolean before = false;
    Keys never = never();
    Keys often = uniform(50);
    for (int phase = 0; phase < 200; phase++) {
      queries(4_000, phase % 2 == 0 ? never : often, 50, 5);
      if (template.isPassive() != before) {
        changes++;
        before = template.isPassive();
      }
    }
    // 44 seconds of phases that contradict each other every 220 ms.
    assertThat(changes).isLessThan(30);
  }

  @Test
  void largeAnswersAreTrustedUntilNobodyAsksForThem() {
    Stamp stamp = book.stamp();
    for (int i = 0; i < 8; i++) {
      assertThat(template.capturesLarge(i, stamp, ANY_AGE)).isTrue();
      template.kept(1_000);
    }
    assertThat(template.capturesLarge(100, stamp, ANY_AGE)).isFalse();
    // Asked for a second time, it has shown that it is.
    assertThat(template.capturesLarge(100, stamp, ANY_AGE)).isTrue();
    assertThat(template.capturesLarge(101, stamp, ANY_AGE)).isFalse();
    template.hit(1_000);
    assertThat(template.capturesLarge(102, stamp, ANY_AGE)).isTrue();
  }

  @Test
  void aSmallHitSpeaksForNoLargeAnswer() {
    for (int i = 0; i < 8; i++) {
      template.kept(1_000);
    }
    template.hit(3);
    assertThat(template.capturesLarge(1, book.stamp(), ANY_AGE)).isFalse();
  }
}
