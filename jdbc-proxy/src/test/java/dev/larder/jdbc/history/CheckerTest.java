package dev.larder.jdbc.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.history.Anomaly.Kind;
import dev.larder.jdbc.history.Step.Seen;
import dev.larder.jdbc.history.Transaction.Outcome;
import dev.larder.testkit.Product;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The checker over small histories of two registers, which begin with the values 0 and 1. Register
 * 0 takes the values 10, 20, ..., register 1 the values 11, 21, ...
 */
final class CheckerTest {

  private final List<Transaction> history = new ArrayList<>();

  private static Seen seen(int register, long value) {
    return new Seen(register, value);
  }

  private static Step read(long called, long returned, Seen... seen) {
    return new Step.Read("read", called, returned, List.of(seen));
  }

  private static Step write(long value) {
    return new Step.Write(0, (int) (value % 10), value);
  }

  private CheckerTest query(long called, long returned, Seen... seen) {
    return add(
        Level.AUTO_COMMIT,
        Outcome.COMMITTED,
        called,
        called,
        returned,
        read(called, returned, seen));
  }

  /** A transaction of writes whose COMMIT was sent at one tick and answered at another. */
  private CheckerTest commit(long called, long ended, long... values) {
    return writes(Outcome.COMMITTED, called, ended, values);
  }

  private CheckerTest writes(Outcome outcome, long called, long ended, long... values) {
    return add(
        Level.READ_COMMITTED,
        outcome,
        called,
        called,
        ended,
        Arrays.stream(values).mapToObj(CheckerTest::write).toArray(Step[]::new));
  }

  private CheckerTest add(
      Level level, Outcome outcome, long began, long called, long ended, Step... steps) {
    history.add(new Transaction("test", level, List.of(steps), outcome, began, called, ended));
    return this;
  }

  private List<Kind> anomalies() {
    return anomalies(Product.POSTGRESQL);
  }

  private List<Kind> anomalies(Product product) {
    return Checker.check(new History(List.of(0L, 1L), history), Promises.of(product)).stream()
        .map(Anomaly::kind)
        .distinct()
        .toList();
  }

  @Test
  void aReadDuringACommitMayShowEither() {
    commit(10, 20, 10).query(5, 6, seen(0, 0)).query(12, 13, seen(0, 0)).query(14, 15, seen(0, 10));
    query(21, 22, seen(0, 10));
    assertThat(anomalies()).isEmpty();
  }

  @Test
  void aValueBeforeItsCommitWasSent() {
    commit(10, 20, 10).query(5, 9, seen(0, 10));
    assertThat(anomalies()).containsExactly(Kind.UNCOMMITTED);
  }

  @Test
  void aValueThatWasRolledBack() {
    writes(Outcome.ROLLED_BACK, 10, 20, 10).query(12, 13, seen(0, 10));
    assertThat(anomalies()).containsExactly(Kind.UNCOMMITTED);
  }

  @Test
  void aValueThatItsOwnTransactionOverwrote() {
    commit(10, 20, 10, 20).query(25, 26, seen(0, 10));
    assertThat(anomalies()).containsExactly(Kind.UNCOMMITTED);
  }

  @Test
  void aValueThatWasUndoneByASavepoint() {
    add(
        Level.READ_COMMITTED,
        Outcome.COMMITTED,
        5,
        10,
        20,
        write(10),
        new Step.Savepoint(),
        write(20),
        read(6, 7, seen(0, 20)),
        new Step.BackToSavepoint(),
        read(8, 9, seen(0, 10)));
    query(25, 26, seen(0, 10));
    assertThat(anomalies()).isEmpty();
    query(27, 28, seen(0, 20));
    assertThat(anomalies()).containsExactly(Kind.UNCOMMITTED);
  }

  @Test
  void aMissingRow() {
    query(5, 6, seen(0, Step.ABSENT));
    assertThat(anomalies()).containsExactly(Kind.UNCOMMITTED);
  }

  @Test
  void aValueThatWasOverwrittenBefore() {
    commit(10, 20, 10).query(21, 22, seen(0, 0));
    assertThat(anomalies()).containsExactly(Kind.STALE);
  }

  @Test
  void aRowThatGoesBackAcrossClients() {
    commit(10, 20, 10).query(11, 12, seen(0, 10)).query(13, 14, seen(0, 0));
    assertThat(anomalies()).containsExactly(Kind.WENT_BACK);
  }

  @Test
  void twoReadsAtOnceMaySeeARowGoBack() {
    commit(10, 20, 10).query(11, 14, seen(0, 10)).query(13, 16, seen(0, 0));
    assertThat(anomalies()).isEmpty();
  }

  @Test
  void anUnknownOutcomeMayBeThereOrNot() {
    writes(Outcome.UNKNOWN, 10, 20, 10).query(30, 31, seen(0, 0));
    assertThat(anomalies()).isEmpty();
    query(40, 41, seen(0, 10)).query(42, 43, seen(0, 10));
    assertThat(anomalies()).isEmpty();
  }

  @Test
  void anUnknownOutcomeStaysOnceItWasSeen() {
    writes(Outcome.UNKNOWN, 10, 20, 10).query(30, 31, seen(0, 10)).query(32, 33, seen(0, 0));
    assertThat(anomalies()).containsExactly(Kind.WENT_BACK);
  }

  @Test
  void anUnknownOutcomeThatWasSeenByOneRegisterHoldsForTheOther() {
    writes(Outcome.UNKNOWN, 10, 20, 10, 11).query(30, 31, seen(0, 10)).query(32, 33, seen(1, 1));
    assertThat(anomalies()).containsExactly(Kind.WENT_BACK);
  }

  @Test
  void halfATransaction() {
    commit(10, 20, 10, 11).query(12, 15, seen(0, 10), seen(1, 1));
    assertThat(anomalies()).containsExactly(Kind.HALF_A_TRANSACTION);
  }

  @Test
  void halfATransactionBehindALaterWrite() {
    commit(10, 20, 10, 11).commit(30, 40, 20).query(12, 35, seen(0, 20), seen(1, 1));
    assertThat(anomalies()).isNotEmpty();
  }

  @Test
  void valuesThatNeverHeldAtOnce() {
    commit(10, 20, 10).commit(30, 40, 11).query(5, 50, seen(0, 0), seen(1, 11));
    assertThat(anomalies()).containsExactly(Kind.NO_SINGLE_STATE);
  }

  @Test
  void anOwnWriteThatIsNotSeen() {
    add(
        Level.READ_COMMITTED,
        Outcome.ROLLED_BACK,
        5,
        Long.MAX_VALUE,
        20,
        write(10),
        read(6, 7, seen(0, 0)));
    assertThat(anomalies()).containsExactly(Kind.OWN_WRITE);
  }

  @Test
  void eachStatementOfReadCommittedHasItsOwnMoment() {
    commit(10, 20, 10);
    add(
        Level.READ_COMMITTED,
        Outcome.COMMITTED,
        4,
        40,
        41,
        read(5, 6, seen(0, 0)),
        read(30, 31, seen(0, 10)));
    assertThat(anomalies()).isEmpty();
  }

  @Test
  void aSnapshotKeepsItsMoment() {
    commit(10, 20, 10, 11);
    add(
        Level.REPEATABLE_READ,
        Outcome.COMMITTED,
        4,
        40,
        41,
        read(5, 6, seen(0, 0)),
        read(30, 31, seen(1, 1)));
    assertThat(anomalies()).isEmpty();
  }

  @Test
  void aSnapshotThatMoves() {
    commit(10, 20, 10);
    add(
        Level.REPEATABLE_READ,
        Outcome.COMMITTED,
        4,
        40,
        41,
        read(5, 6, seen(0, 0)),
        read(30, 31, seen(0, 10)));
    assertThat(anomalies()).contains(Kind.BROKEN_SNAPSHOT);
  }

  @Test
  void aSnapshotOfTwoMoments() {
    commit(10, 20, 10, 11);
    add(
        Level.REPEATABLE_READ,
        Outcome.COMMITTED,
        11,
        40,
        41,
        read(12, 13, seen(0, 0)),
        read(30, 31, seen(1, 11)));
    assertThat(anomalies()).containsExactly(Kind.BROKEN_SNAPSHOT);
  }

  @Test
  void aSnapshotOlderThanItsTransaction() {
    commit(10, 20, 10);
    add(Level.REPEATABLE_READ, Outcome.COMMITTED, 30, 40, 41, read(31, 32, seen(0, 0)));
    assertThat(anomalies()).containsExactly(Kind.STALE);
  }

  @Test
  void readUncommittedMayShowWhatIsRolledBackButNothingOld() {
    writes(Outcome.ROLLED_BACK, 10, 20, 10).commit(30, 40, 20);
    add(Level.READ_UNCOMMITTED, Outcome.COMMITTED, 12, 14, 15, read(12, 13, seen(0, 10)));
    assertThat(anomalies(Product.MARIADB)).isEmpty();
    assertThat(anomalies(Product.POSTGRESQL)).containsExactly(Kind.UNCOMMITTED);
    add(Level.READ_UNCOMMITTED, Outcome.COMMITTED, 50, 54, 55, read(51, 53, seen(0, 0)));
    assertThat(anomalies(Product.MARIADB)).containsExactly(Kind.STALE);
  }

  @Test
  void writeSkew() {
    add(
        Level.SERIALIZABLE,
        Outcome.COMMITTED,
        5,
        20,
        21,
        read(6, 7, seen(0, 0), seen(1, 1)),
        write(10));
    add(
        Level.SERIALIZABLE,
        Outcome.COMMITTED,
        8,
        22,
        23,
        read(9, 10, seen(0, 0), seen(1, 1)),
        write(11));
    assertThat(anomalies()).containsExactly(Kind.WRITE_SKEW);
    assertThat(anomalies(Product.H2)).as("H2 allows it").isEmpty();
  }

  @Test
  void oneAfterTheOtherIsNoSkew() {
    add(
        Level.SERIALIZABLE,
        Outcome.COMMITTED,
        5,
        20,
        21,
        read(6, 7, seen(0, 0), seen(1, 1)),
        write(10));
    add(
        Level.SERIALIZABLE,
        Outcome.COMMITTED,
        25,
        30,
        31,
        read(26, 27, seen(0, 10), seen(1, 1)),
        write(11));
    assertThat(anomalies()).isEmpty();
  }
}
