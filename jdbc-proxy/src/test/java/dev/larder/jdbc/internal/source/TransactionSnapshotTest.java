package dev.larder.jdbc.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which transactions are over. */
class TransactionSnapshotTest {

  private static final long EPOCH = 1L << 32;

  @Test
  void whatIsBelowTheEndAndNotNamedIsOver() {
    TransactionSnapshot snapshot = TransactionSnapshot.parse("10:20:10,14");
    assertThat(snapshot.sees(9L)).isTrue();
    assertThat(snapshot.sees(10L)).isFalse();
    assertThat(snapshot.sees(14L)).isFalse();
    assertThat(snapshot.sees(19L)).isTrue();
    assertThat(snapshot.sees(20L)).isFalse();
    assertThat(TransactionSnapshot.parse("20:20:").sees(19L)).isTrue();
  }

  @Test
  void theLowBitsMeanTheNearestTransaction() {
    TransactionSnapshot snapshot = new TransactionSnapshot(3 * EPOCH + 5, Set.of());
    assertThat(snapshot.sees(4)).isTrue();
    assertThat(snapshot.sees(5)).isFalse();
    assertThat(snapshot.sees(-1)).as("of the epoch before").isTrue();
    TransactionSnapshot late = new TransactionSnapshot(3 * EPOCH - 5, Set.of());
    assertThat(late.sees(3)).as("of the epoch that comes").isFalse();
  }

  @Test
  void oneSeesAllOfAnotherIfNothingThatWasOverIsUnderWay() {
    TransactionSnapshot earlier = TransactionSnapshot.parse("10:20:12");
    assertThat(TransactionSnapshot.parse("12:20:12").seesAllOf(earlier)).isTrue();
    assertThat(TransactionSnapshot.parse("25:25:").seesAllOf(earlier)).isTrue();
    assertThat(TransactionSnapshot.parse("10:20:13").seesAllOf(earlier)).isFalse();
    assertThat(TransactionSnapshot.parse("10:19:12").seesAllOf(earlier)).isFalse();
  }
}
