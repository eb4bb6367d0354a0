package dev.larder.invalidation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A grace period is over when all are gone who were there at its begin, and soon after that. */
final class GateTest {

  private final Gate gate = new Gate(0);

  @Test
  void whereNobodyIsUnderWayItIsOverAtOnce() {
    assertThat(begun().isOver()).isTrue();
    gate.enter().close(1);
    assertThat(begun().isOver()).isTrue();
  }

  @Test
  void aCommitThatComesLaterIsNotWaitedFor() {
    Opened before = gate.enter();
    GracePeriod period = begun();
    assertThat(period.isOver()).isFalse();
    Opened after = gate.enter();
    before.close(1);
    assertThat(period.isOver()).isTrue();
    GracePeriod next = begun();
    assertThat(next.isOver()).isFalse();
    after.close(2);
    assertThat(next.isOver()).isTrue();
  }

  @Test
  void whatItWaitsForHasMovedTheGate() {
    Opened before = gate.enter();
    gate.open(7);
    GracePeriod period = begun();
    before.close(9);
    assertThat(period.isOver()).isTrue();
    assertThat(Cell.version(gate.word())).isEqualTo(9);
  }

  @Test
  void agateBehindAnotherWaitsForThoseThatCameThroughThatOne() {
    Opened outside = gate.enter();
    Gate inner = new Gate(0, gate.upcoming());
    GracePeriod period = inner.upcoming().begin();
    assertThat(period.isOver()).isFalse();
    outside.close(1);
    assertThat(period.isOver()).isTrue();
  }

  /** More than a count can hold: it sticks, and nobody is taken for gone who may not be. */
  @Test
  void tooManyAreNeverTakenForGone() {
    List<Opened> all = new ArrayList<>();
    for (int i = 0; i < 70_000; i++) {
      all.add(gate.enter());
    }
    GracePeriod period = begun();
    all.forEach(each -> each.close(1));
    assertThat(period.isOver()).isFalse();
    gate.enter().close(2);
    assertThat(begun().isOver()).isFalse();
  }

  /** Commits and grace periods in any order, compared with a list of who is under way. */
  @Test
  void isOverExactlyWhenAllAreGoneWhoWereThere() {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    System.out.println("gate: -Dlarder.test.seed=" + seed);
    Random random = new Random(seed);
    Deque<Entered> underWay = new ArrayDeque<>();
    List<Watched> periods = new ArrayList<>();
    for (int step = 0; step < 100_000; step++) {
      int choice = random.nextInt(10);
      if (choice < 4 && underWay.size() < 20) {
        underWay.add(new Entered(step, gate.enter()));
      } else if (choice < 8 && !underWay.isEmpty()) {
        // Mostly the oldest, so that there are steady commits and few that stay long.
        Entered gone = random.nextInt(10) == 0 ? underWay.removeLast() : underWay.removeFirst();
        gone.opened().close(step);
      } else if (choice == 8 && periods.size() < 20) {
        periods.add(new Watched(step, begun()));
      }
      int now = step;
      periods.removeIf(
          watched -> {
            boolean isOver = watched.period().isOver();
            boolean anyLeft = underWay.stream().anyMatch(each -> each.at() < watched.begunAt());
            assertThat(isOver && anyLeft)
                .as("over too early, seed %d step %d", seed, now)
                .isFalse();
            boolean noneLeft = underWay.isEmpty();
            assertThat(noneLeft && !isOver).as("never over, seed %d step %d", seed, now).isFalse();
            return isOver;
          });
    }
  }

  private GracePeriod begun() {
    return gate.upcoming().begin();
  }

  private record Entered(int at, Opened opened) {}

  private record Watched(int begunAt, GracePeriod period) {}
}
