package dev.larder.jdbc.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.pool.SizeDecision.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The search against servers that are formulas: how much they answer at each size. */
class SizeSearchTest {

  private static final int LEAST = 2;
  private static final int MOST = 100;
  private static final int CLIENTS = 120;

  /** Two processors: a little idle at few connections, a little busier with itself at many. */
  private static final IntToDoubleFunction SHORT =
      size -> 10_000 * Math.min(1, size / 4.0) * (1 - 0.003 * Math.max(0, size - 4));

  /** Queries that wait for something else: each connection answers as much as the first. */
  private static final IntToDoubleFunction LONG = size -> 50.0 * size;

  /** A server on which a few more connections are worth nothing, and many more are. */
  private static final IntToDoubleFunction VALLEY =
      size ->
          size < 16
              ? 36_000 * Math.min(1, size / 8.0)
              : size < 32 ? 38_000 + (size - 16) * 1_100 : 55_600 - (size - 32) * 30;

  private final Random random = new Random(seed());
  private final List<SizeDecision> decisions = new ArrayList<>();

  private static long seed() {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    System.out.println("SizeSearch: -Dlarder.test.seed=" + seed);
    return seed;
  }

  /** Runs windows that differ by a little, as those of a real server do, with everybody waiting. */
  private double run(SizeSearch search, IntToDoubleFunction server, int windows) {
    return run(search, server, windows, 0.01);
  }

  private double run(SizeSearch search, IntToDoubleFunction server, int windows, double amplitude) {
    double answered = 0;
    for (int i = 0; i < windows; i++) {
      int size = search.size();
      double noise = 1 + amplitude * (random.nextDouble() - 0.5);
      double now = server.applyAsDouble(size) * noise;
      answered += now;
      decisions.add(decide(search, now, size, CLIENTS - size, MOST));
    }
    return answered / windows;
  }

  /** A window in which all connections were open. */
  private static SizeDecision decide(
      SizeSearch search, double answered, double active, double waiting, int most) {
    return search.decide(new SizeWindow(answered, active, waiting, search.size()), most);
  }

  private static double best(IntToDoubleFunction server) {
    double best = 0;
    for (int size = LEAST; size <= MOST; size++) {
      best = Math.max(best, server.applyAsDouble(size));
    }
    return best;
  }

  @Test
  void shortQueriesGetAFewConnections() {
    SizeSearch search = new SizeSearch(10, LEAST);
    run(search, SHORT, 40);
    assertThat(run(search, SHORT, 200)).isGreaterThan(0.95 * best(SHORT));
    assertThat(search.size()).isBetween(3, 20);
  }

  @Test
  void longQueriesGetManyConnections() {
    SizeSearch search = new SizeSearch(10, LEAST);
    run(search, LONG, 10);
    assertThat(run(search, LONG, 200)).isGreaterThan(0.95 * best(LONG));
  }

  @Test
  void aStretchWhereMoreDoesNotHelpIsPassed() {
    SizeSearch search = new SizeSearch(10, LEAST);
    run(search, VALLEY, 30);
    assertThat(run(search, VALLEY, 200)).isGreaterThan(0.95 * best(VALLEY));
  }

  @Test
  void aWorkloadThatChangesIsFollowed() {
    SizeSearch search = new SizeSearch(10, LEAST);
    run(search, SHORT, 100);
    run(search, LONG, 25);
    assertThat(run(search, LONG, 60)).isGreaterThan(0.9 * best(LONG));
    run(search, SHORT, 25);
    assertThat(run(search, SHORT, 60)).isGreaterThan(0.9 * best(SHORT));
  }

  /** The windows of a busy machine differ by a fifth and more; the loss stays small. */
  @Test
  void aServerThatAnswersNowMoreNowLessMisleadsItALittle() {
    double shortAnswered = 0;
    double longAnswered = 0;
    int searches = 50;
    for (int i = 0; i < searches; i++) {
      SizeSearch search = new SizeSearch(10, LEAST);
      run(search, SHORT, 20, 0.4);
      shortAnswered += run(search, SHORT, 100, 0.4);
      search = new SizeSearch(10, LEAST);
      run(search, LONG, 20, 0.4);
      longAnswered += run(search, LONG, 100, 0.4);
    }
    assertThat(shortAnswered / searches).isGreaterThan(0.93 * best(SHORT));
    assertThat(longAnswered / searches).isGreaterThan(0.93 * best(LONG));
  }

  @Test
  void aStepIsNotJudgedWhileItsConnectionsAreBeingOpened() {
    SizeSearch search = new SizeSearch(10, LEAST);
    assertThat(decide(search, 500, 10, 70, MOST).size()).isEqualTo(15);
    for (int open = 10; open < 15; open++) {
      SizeWindow opening = new SizeWindow(500, open, 70, open);
      assertThat(search.decide(opening, MOST)).isEqualTo(SizeDecision.stay(15));
    }
    assertThat(decide(search, 750, 15, 65, MOST))
        .isEqualTo(new SizeDecision(22, Reason.MORE_HELPED));
  }

  /** A connection that was handed to a caller is idle until that caller gets a processor. */
  @Test
  void idleConnectionsBesideCallersWhoWaitDoNotEndTheSearch() {
    SizeSearch search = new SizeSearch(10, LEAST);
    assertThat(decide(search, 500, 7, 70, MOST).size()).isEqualTo(15);
    assertThat(decide(search, 750, 10, 60, MOST))
        .isEqualTo(new SizeDecision(22, Reason.MORE_HELPED));
  }

  /** Otherwise the step would be blamed, and the search would rest. */
  @Test
  void aWorkloadThatChangesDuringAStepIsFollowed() {
    SizeSearch search = new SizeSearch(10, LEAST);
    assertThat(decide(search, 30_000, 10, 70, MOST).reason()).isEqualTo(Reason.TRIES_MORE);
    assertThat(decide(search, 15 * 50, 15, 65, MOST))
        .isEqualTo(new SizeDecision(22, Reason.TRIES_MORE));
    assertThat(decide(search, 22 * 50, 22, 58, MOST))
        .isEqualTo(new SizeDecision(33, Reason.MORE_HELPED));
  }

  @Test
  void aWorkloadThatChangesInTheMiddleOfAWindowIsFollowed() {
    SizeSearch search = new SizeSearch(10, LEAST);
    decide(search, 30_000, 10, 70, MOST);
    assertThat(decide(search, 20_000, 15, 65, MOST).size()).isEqualTo(15);
    assertThat(decide(search, 15 * 50, 15, 65, MOST))
        .isEqualTo(new SizeDecision(22, Reason.TRIES_MORE));
  }

  @Test
  void aPoolThatHasFoundItsSizeIsLeftAlone() {
    SizeSearch search = new SizeSearch(10, LEAST);
    run(search, SHORT, 300);
    decisions.clear();
    run(search, SHORT, 200);
    long changes = decisions.stream().filter(d -> d.reason() != Reason.STAYS).count();
    assertThat(changes).as("in 200 windows").isLessThan(60);
  }

  @Test
  void aPoolThatNobodyUsesShrinksStepByStep() {
    SizeSearch search = new SizeSearch(10, LEAST);
    run(search, LONG, 20);
    int grown = search.size();
    assertThat(grown).isGreaterThan(60);
    for (int i = 0; i < 3; i++) {
      assertThat(decide(search, 10, 1, 0, MOST).size()).isEqualTo(grown);
    }
    SizeDecision smaller = decide(search, 10, 1, 0, MOST);
    assertThat(smaller.size()).isBetween(grown / 2, grown - 1);
    assertThat(smaller.reason()).isEqualTo(Reason.FEW_ARE_USED);
    for (int i = 0; i < 100; i++) {
      decide(search, 10, 0, 0, MOST);
    }
    assertThat(search.size()).as("what it began with").isEqualTo(10);
  }

  @Test
  void aPoolThatIsBusyWithoutWaitersStays() {
    SizeSearch search = new SizeSearch(10, LEAST);
    for (int i = 0; i < 50; i++) {
      assertThat(decide(search, 1000, 9, 0, MOST).size()).isEqualTo(10);
    }
  }

  @Test
  void aServerThatRunsShortBoundsIt() {
    SizeSearch search = new SizeSearch(40, LEAST);
    assertThat(decide(search, 1000, 40, 10, 25))
        .isEqualTo(new SizeDecision(25, Reason.SERVER_HAS_FEW));
    for (int i = 0; i < 100; i++) {
      assertThat(decide(search, 50 * search.size(), search.size(), 10, 25).size())
          .isLessThanOrEqualTo(25);
    }
  }
}
