package dev.larder.jdbc.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pools that ask one after the other how many connections they may have. */
class ServerCapacityTest {

  private static final int SERVER = 97;
  private static final int FIRST = 4;

  /** Each takes all that it may, or wants. */
  private static int[] settle(int nodes, int others, int... wanted) {
    Random random = new Random(nodes);
    int[] open = new int[wanted.length];
    for (int round = 0; round < 400; round++) {
      int asking = random.nextInt(open.length);
      int free = SERVER - others;
      for (int connections : open) {
        free -= connections;
      }
      assertThat(free).isNotNegative();
      int limit = new ServerCapacity(free).limit(open[asking], FIRST, nodes);
      open[asking] = Math.min(limit, wanted[asking]);
    }
    return open;
  }

  @Test
  void oneTakesFourFifths() {
    assertThat(settle(1, 0, 1000)[0]).isBetween(72, 78);
  }

  @Test
  void twoShareThem() {
    int[] open = settle(2, 0, 1000, 1000);
    assertThat(open[0] + open[1]).isBetween(68, 78);
    assertThat(Math.abs(open[0] - open[1])).isLessThanOrEqualTo(6);
  }

  @Test
  void fiveShareWhatOthersLeave() {
    int[] open = settle(5, 40, 1000, 1000, 1000, 1000, 1000);
    for (int connections : open) {
      assertThat(connections).isBetween(4, 10);
    }
  }

  @Test
  void oneGetsMoreWhereTheOtherWantsLittle() {
    int[] open = settle(2, 0, 1000, 3);
    assertThat(open[0]).isBetween(55, 70);
    assertThat(open[1]).isEqualTo(3);
  }

  @Test
  void whatAPoolBeganWithIsNotTakenFromIt() {
    assertThat(new ServerCapacity(0).limit(FIRST, FIRST, 2)).isEqualTo(FIRST);
    assertThat(new ServerCapacity(0).limit(0, FIRST, 2)).isEqualTo(1);
    assertThat(new ServerCapacity(Integer.MAX_VALUE).limit(5, FIRST, 2)).isGreaterThan(10_000);
  }
}
