package dev.larder.jdbc.internal.session;

import static dev.larder.jdbc.internal.product.ProductUnderTest.H2;
import static dev.larder.jdbc.internal.product.ProductUnderTest.MARIADB;
import static dev.larder.jdbc.internal.product.ProductUnderTest.OTHER;
import static dev.larder.jdbc.internal.product.ProductUnderTest.POSTGRESQL;
import static java.sql.Connection.TRANSACTION_READ_COMMITTED;
import static java.sql.Connection.TRANSACTION_REPEATABLE_READ;
import static java.sql.Connection.TRANSACTION_SERIALIZABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Locking;
import dev.larder.jdbc.internal.product.ProductUnderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransactionTest {

  private static Transaction transaction(ProductUnderTest product) {
    return new Transaction(SessionInTest.baseline(product));
  }

  private static Transaction open(ProductUnderTest product) {
    Transaction transaction = transaction(product);
    transaction.autoCommit(false);
    return transaction;
  }

  @ParameterizedTest
  @EnumSource(ProductUnderTest.class)
  void aStatementByItselfBelongsToNone(ProductUnderTest product) {
    Transaction transaction = transaction(product);
    transaction.sending(5);
    transaction.snapshotFixed();
    assertThat(transaction.isOpen()).isFalse();
    assertThat(transaction.position()).isEqualTo(Transaction.NO_POSITION);
    assertThat(transaction.isSnapshotFixed()).isFalse();
    assertThat(transaction.needsProof()).isFalse();
  }

  @Test
  void itsPositionIsThatOfItsFirstStatement() {
    Transaction transaction = open(POSTGRESQL);
    transaction.sending(5);
    transaction.sending(7);
    assertThat(transaction.position()).isEqualTo(5);
    transaction.end();
    transaction.sending(9);
    assertThat(transaction.position()).isEqualTo(9);
  }

  @Test
  void aSnapshotSpeaksOfTheMomentOfItsFirstStatement() {
    Transaction transaction = open(POSTGRESQL);
    transaction.sessionIsolation(TRANSACTION_REPEATABLE_READ);
    assertThat(transaction.readsSnapshot()).isTrue();
    transaction.sending(5);
    long first = transaction.readsAsOfNanos();
    assertThat(transaction.readsAsOfNanos()).isEqualTo(first);
    assertThat(transaction.needsProof()).isTrue();
    assertThat(transaction.holdsLocks()).isFalse();
  }

  @Test
  void aLevelThatIsSetAfterItsFirstStatementLeavesItUnsure() {
    Transaction transaction = open(H2);
    transaction.sending(5);
    transaction.sessionIsolation(TRANSACTION_SERIALIZABLE);
    assertThat(transaction.isolation()).isEqualTo(TRANSACTION_READ_COMMITTED);
    assertThat(transaction.sessionIsolation()).isEqualTo(TRANSACTION_SERIALIZABLE);
    assertThat(transaction.bypass()).isEqualTo(BypassReason.ISOLATION_CHANGED);
    assertThat(transaction.mayHaveEnded()).isFalse();
    transaction.end();
    assertThat(transaction.bypass()).isNull();
    assertThat(transaction.isolation()).isEqualTo(TRANSACTION_SERIALIZABLE);
  }

  @Test
  void aLevelOfTheNextTransactionIsUsedUpByIt() {
    Transaction transaction = open(POSTGRESQL);
    transaction.isolationByText(TRANSACTION_REPEATABLE_READ);
    transaction.sending(5);
    assertThat(transaction.isolation()).isEqualTo(TRANSACTION_REPEATABLE_READ);
    transaction.end();
    assertThat(transaction.isolation()).isEqualTo(TRANSACTION_READ_COMMITTED);
  }

  @Test
  void aLevelForTheNextTransactionIsInDoubtAfterAStatementByItself() {
    Transaction maria = transaction(MARIADB);
    maria.isolationByText(TRANSACTION_REPEATABLE_READ);
    assertThat(maria.isolation()).isEqualTo(TRANSACTION_REPEATABLE_READ);
    assertThat(maria.usesUpIsolation()).isTrue();
    assertThat(maria.usesUpIsolation()).isFalse();
    assertThat(maria.isolation()).isEqualTo(TRANSACTION_READ_COMMITTED);
    Transaction postgres = transaction(POSTGRESQL);
    postgres.isolationByText(TRANSACTION_REPEATABLE_READ);
    assertThat(postgres.usesUpIsolation()).isFalse();
    assertThat(postgres.isolation()).isEqualTo(TRANSACTION_READ_COMMITTED);
  }

  @Test
  void locksAreHeldToTheEndOrUntilTheyAreGivenUp() {
    Transaction transaction = open(POSTGRESQL);
    transaction.locks(Locking.TRANSACTION);
    assertThat(transaction.holdsLocks()).isTrue();
    transaction.end();
    assertThat(transaction.holdsLocks()).isFalse();
    transaction.locks(Locking.SESSION);
    transaction.end();
    assertThat(transaction.holdsLocks()).isTrue();
    transaction.hasLocked(Locking.RELEASES);
    assertThat(transaction.holdsLocks()).isFalse();
    transaction.wrote(ChangeSet.DEFINITIONS);
    assertThat(transaction.holdsLocks()).isTrue();
  }

  @Test
  void outsideOfATransactionNoLockOfOneIsHeld() {
    Transaction transaction = transaction(POSTGRESQL);
    transaction.locks(Locking.TRANSACTION);
    transaction.autoCommit(false);
    assertThat(transaction.holdsLocks()).isFalse();
  }

  @Test
  void afterAnErrorItMayHaveEndedUntilItGoesBackToASavepoint() {
    Transaction transaction = open(POSTGRESQL);
    transaction.savepoint("A", SessionSettings.Saved.UNTOUCHED);
    transaction.failed();
    assertThat(transaction.bypass()).isEqualTo(BypassReason.FAILED_TRANSACTION);
    assertThat(transaction.mayHaveEnded()).isTrue();
    assertThat(transaction.rolledBackTo("a")).isSameAs(SessionSettings.Saved.UNTOUCHED);
    assertThat(transaction.bypass()).isNull();
    assertThat(transaction.mayHaveEnded()).isFalse();
  }

  @Test
  void anErrorOutsideOfATransactionEndsNothing() {
    Transaction transaction = transaction(POSTGRESQL);
    transaction.failed();
    transaction.autoCommit(false);
    assertThat(transaction.bypass()).isNull();
    assertThat(transaction.mayHaveEnded()).isFalse();
  }

  @Test
  void aFailedTransactionWhoseLevelIsSetMayStillHaveEnded() {
    Transaction transaction = open(H2);
    transaction.sending(5);
    transaction.failed();
    transaction.sessionIsolation(TRANSACTION_SERIALIZABLE);
    assertThat(transaction.bypass()).isEqualTo(BypassReason.ISOLATION_CHANGED);
    assertThat(transaction.mayHaveEnded()).isTrue();
    assertThat(transaction.rolledBackTo("a")).isNull();
    assertThat(transaction.bypass()).isEqualTo(BypassReason.ISOLATION_CHANGED);
  }

  @Test
  void aLevelThatWasSetBeforeAnErrorIsUnsureAfterItToo() {
    Transaction transaction = open(H2);
    transaction.savepoint("a", SessionSettings.Saved.UNTOUCHED);
    transaction.sending(5);
    transaction.sessionIsolation(TRANSACTION_SERIALIZABLE);
    transaction.failed();
    transaction.failed();
    assertThat(transaction.bypass()).isEqualTo(BypassReason.FAILED_TRANSACTION);
    transaction.rolledBackTo("a");
    assertThat(transaction.bypass()).isEqualTo(BypassReason.ISOLATION_CHANGED);
    assertThat(transaction.mayHaveEnded()).isFalse();
  }

  @Test
  void aSavepointOutlivesTheRollbackToItAndNotThoseAfterIt() {
    Transaction transaction = open(POSTGRESQL);
    SessionSettings.Saved saved = SessionSettings.Saved.UNTOUCHED;
    transaction.savepoint("a", saved);
    transaction.savepoint("b", saved);
    assertThat(transaction.rolledBackTo("a")).isSameAs(saved);
    assertThat(transaction.rolledBackTo("b")).isNull();
    assertThat(transaction.rolledBackTo("a")).isSameAs(saved);
    transaction.released("a");
    assertThat(transaction.rolledBackTo("a")).isNull();
  }

  @Test
  void whatWasWrittenIsKeptToTheEnd() {
    Transaction transaction = open(POSTGRESQL);
    transaction.savepoint("a", SessionSettings.Saved.UNTOUCHED);
    transaction.wrote(ChangeSet.DEFINITIONS);
    transaction.rolledBackTo("a");
    assertThat(transaction.changes()).isEqualTo(ChangeSet.DEFINITIONS);
    transaction.end();
    assertThat(transaction.changes()).isEqualTo(ChangeSet.NOTHING);
  }

  @Test
  void whereTheServerMayReturnToAutoCommitItMayHaveEnded() {
    Transaction other = transaction(OTHER);
    other.beginByText(null);
    other.autoCommit(false);
    other.end();
    assertThat(other.mayHaveEnded()).isTrue();
    Transaction postgres = transaction(POSTGRESQL);
    postgres.beginByText(null);
    postgres.autoCommit(false);
    assertThat(postgres.mayHaveEnded()).isFalse();
  }
}
