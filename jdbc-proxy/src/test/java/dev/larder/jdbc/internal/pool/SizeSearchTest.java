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

  private final Random random = new Random(seed());
  private final List<SizeDecision> decisions = new ArrayList<>();

  private static long seed() {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    System.out.println("SizeSearch: -Dlarder.test.seed=" + seed);
    return seed;
  }

  /** Runs windows that differ by a little, as those of a real server do, with everybody waiting. */
  private double run(SizeSearch search, IntToDoubleFunction server, int windows) {
    double answered = 0;
    for (int i = 0; i < windows; i++) {
      int size = search.size();
      double noise = 1 + 0.01 * (random.nextDouble() - 0.5);
      double now = server.applyAsDouble(size) * noise;
      answered += now;
      decisions.add(search.decide(new SizeWindow(now, size, CLIENTS - size), MOST));
    }
    return answered / windows;
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
  void aWorkloadThatChangesIsFollowed() {
    SizeSearch search = new SizeSearch(10, LEAST);
    run(search, SHORT, 100);
    run(search, LONG, 25);
    assertThat(run(search, LONG, 60)).isGreaterThan(0.9 * best(LONG));
    run(search, SHORT, 25);
    assertThat(run(search, SHORT, 60)).isGreaterThan(0.9 * best(SHORT));
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
      assertThat(search.decide(new SizeWindow(10, 1, 0), MOST).size()).isEqualTo(grown);
    }
    SizeDecision smaller = search.decide(new SizeWindow(10, 1, 0), MOST);
    assertThat(smaller.size()).isBetween(grown / 2, grown - 1);
    assertThat(smaller.reason()).isEqualTo(Reason.FEW_ARE_USED);
    for (int i = 0; i < 100; i++) {
      search.decide(new SizeWindow(10, 0, 0), MOST);
    }
    assertThat(search.size()).as("what it began with").isEqualTo(10);
  }

  @Test
  void aPoolThatIsBusyWithoutWaitersStays() {
    SizeSearch search = new SizeSearch(10, LEAST);
    for (int i = 0; i < 50; i++) {
      assertThat(search.decide(new SizeWindow(1000, 9, 0), MOST).size()).isEqualTo(10);
    }
  }

  @Test
  void aServerThatRunsShortBoundsIt() {
    SizeSearch search = new SizeSearch(40, LEAST);
    assertThat(search.decide(new SizeWindow(1000, 40, 10), 25))
        .isEqualTo(new SizeDecision(25, Reason.SERVER_HAS_FEW));
    for (int i = 0; i < 100; i++) {
      assertThat(search.decide(new SizeWindow(50 * search.size(), search.size(), 10), 25).size())
          .isLessThanOrEqualTo(25);
    }
  }
}
