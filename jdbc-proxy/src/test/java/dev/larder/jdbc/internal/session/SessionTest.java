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
import dev.larder.jdbc.internal.product.ProductUnderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionTest {

  private static Session after(ProductUnderTest product, String... texts) {
    return SessionInTest.of(product).run(texts).session;
  }

  @ParameterizedTest
  @EnumSource(ProductUnderTest.class)
  void aFreshSessionIsPlain(ProductUnderTest product) {
    Session session = after(product, "select 1");
    assertThat(session.bypass()).isNull();
    assertThat(session.fingerprint().isPlain()).isTrue();
    assertThat(session.hasSetNothing()).isTrue();
    assertThat(session.transaction().isOpen()).isFalse();
    assertThat(session.mayHaveWritten()).isEqualTo(ChangeSet.NOTHING);
  }

  @Test
  void whatIsSetIsPartOfTheFingerprintUntilItIsReset() {
    SessionInTest postgres = SessionInTest.of(POSTGRESQL).run("set timezone = 'Asia/Tokyo'");
    assertThat(postgres.session.fingerprint().isPlain()).isFalse();
    assertThat(postgres.session.hasSetNothing()).isFalse();
    assertThat(postgres.session.touched()).containsExactly("timezone");
  }

  @Test
  void aRollbackUndoesWhatTheTransactionHasSet() {
    SessionInTest postgres = SessionInTest.of(POSTGRESQL);
    Fingerprint plain = postgres.session.fingerprint();
    postgres.run("begin", "set timezone = 'Asia/Tokyo'");
    assertThat(postgres.session.fingerprint()).isNotEqualTo(plain);
    postgres.run("rollback");
    assertThat(postgres.session.fingerprint()).isEqualTo(plain);
    postgres.run("begin", "set timezone = 'Asia/Tokyo'", "commit");
    assertThat(postgres.session.fingerprint()).isNotEqualTo(plain);
  }

  @Test
  void aLocalSettingEndsWithItsTransaction() {
    SessionInTest postgres = SessionInTest.of(POSTGRESQL);
    Fingerprint plain = postgres.session.fingerprint();
    postgres.run("begin", "set local timezone = 'Asia/Tokyo'");
    assertThat(postgres.session.fingerprint()).isNotEqualTo(plain);
    postgres.run("commit");
    assertThat(postgres.session.fingerprint()).isEqualTo(plain);
  }

  @Test
  void aRollbackToASavepointUndoesWhatWasSetSince() {
    SessionInTest postgres =
        SessionInTest.of(POSTGRESQL).run("begin", "set timezone = 'Asia/Tokyo'", "savepoint A");
    Fingerprint atSavepoint = postgres.session.fingerprint();
    postgres.run("set timezone = 'Europe/Rome'").fail();
    assertThat(postgres.session.bypass()).isEqualTo(BypassReason.FAILED_TRANSACTION);
    postgres.run("rollback to a");
    assertThat(postgres.session.fingerprint()).isEqualTo(atSavepoint);
    assertThat(postgres.session.bypass()).isNull();
  }

  @Test
  void whereNobodyKnowsWhetherARollbackUndoesSettingsTheStateIsUnknown() {
    SessionInTest other = SessionInTest.of(OTHER);
    other.session.autoCommit(false);
    other.session.setByMethod("schema", "elsewhere", true);
    other.session.rolledBack();
    assertThat(other.session.bypass()).isEqualTo(BypassReason.UNKNOWN_SESSION_STATE);
  }

  @Test
  void aFailedCommitLeavesInDoubtWhatTheTransactionHadSet() {
    SessionInTest postgres = SessionInTest.of(POSTGRESQL).run("begin");
    postgres.session.commitFailed();
    assertThat(postgres.session.bypass()).isEqualTo(BypassReason.FAILED_TRANSACTION);
    SessionInTest set = SessionInTest.of(POSTGRESQL).run("begin", "set timezone = 'Asia/Tokyo'");
    set.session.commitFailed();
    assertThat(set.session.bypass()).isEqualTo(BypassReason.UNKNOWN_SESSION_STATE);
  }

  @Test
  void ofSeveralStatementsThatFailedABeginMayHaveTakenEffect() {
    Session session = after(POSTGRESQL);
    session.failedPartWay(ChangeSet.DEFINITIONS);
    assertThat(session.transaction().isOpen()).isTrue();
    assertThat(session.transaction().mayHaveEnded()).isTrue();
    assertThat(session.mayHaveWritten()).isEqualTo(ChangeSet.DEFINITIONS);
    assertThat(session.bypass()).isEqualTo(BypassReason.UNKNOWN_SESSION_STATE);
  }

  @ParameterizedTest
  @EnumSource(
      value = ProductUnderTest.class,
      names = {"POSTGRESQL", "MARIADB"})
  void aTransactionThatATextBeganEndsByTextAndLeavesResidueUntilThen(ProductUnderTest product) {
    SessionInTest client = SessionInTest.of(product).run("begin");
    assertThat(client.transaction().isOpen()).isTrue();
    assertThat(client.session.leavesResidue()).isTrue();
    assertThat(client.transaction().position()).isNotEqualTo(Transaction.NO_POSITION);
    client.run("commit");
    assertThat(client.transaction().isOpen()).isFalse();
    assertThat(client.session.leavesResidue()).isFalse();
  }

  @Test
  void aSecondBeginCommitsWhereItDoesSo() {
    SessionInTest maria = SessionInTest.of(MARIADB).run("begin");
    maria.transaction().wrote(ChangeSet.DEFINITIONS);
    maria.run("begin");
    assertThat(maria.transaction().changes()).isEqualTo(ChangeSet.NOTHING);
    SessionInTest postgres = SessionInTest.of(POSTGRESQL).run("begin");
    postgres.transaction().wrote(ChangeSet.DEFINITIONS);
    postgres.run("begin");
    assertThat(postgres.transaction().changes()).isEqualTo(ChangeSet.DEFINITIONS);
  }

  @Test
  void aChainedTransactionHasTheLevelOfTheOneBefore() {
    SessionInTest postgres =
        SessionInTest.of(POSTGRESQL)
            .run("begin isolation level repeatable read", "select 1", "commit and chain");
    assertThat(postgres.transaction().isOpen()).isTrue();
    assertThat(postgres.transaction().isolation()).isEqualTo(TRANSACTION_REPEATABLE_READ);
    postgres.run("commit");
    assertThat(postgres.transaction().isolation()).isEqualTo(TRANSACTION_READ_COMMITTED);
  }

  @Test
  void setTransactionIsMeantForTheNextOne() {
    SessionInTest maria =
        SessionInTest.of(MARIADB)
            .run("set transaction isolation level repeatable read", "begin", "select * from t");
    assertThat(maria.transaction().isolation()).isEqualTo(TRANSACTION_REPEATABLE_READ);
    assertThat(maria.transaction().isSnapshotFixed()).isTrue();
    SessionInTest alone =
        SessionInTest.of(MARIADB)
            .run("set transaction isolation level repeatable read", "select * from t");
    assertThat(alone.session.bypass()).isEqualTo(BypassReason.UNKNOWN_SESSION_STATE);
  }

  @Test
  void aLevelOfATransactionThatASecondBeginCommitsIsInDoubt() {
    SessionInTest maria = SessionInTest.of(MARIADB);
    maria.session.autoCommit(false);
    maria.run("set transaction isolation level repeatable read", "begin");
    assertThat(maria.session.bypass()).isEqualTo(BypassReason.UNKNOWN_SESSION_STATE);
  }

  @Test
  void nothingIsCachedInASerializableTransaction() {
    Session session = after(H2);
    session.isolation(TRANSACTION_SERIALIZABLE);
    session.autoCommit(false);
    assertThat(session.bypass()).isEqualTo(BypassReason.SERIALIZABLE);
  }

  @Test
  void switchingAutoCommitByTextCommits() {
    SessionInTest maria = SessionInTest.of(MARIADB).run("set autocommit = 0");
    assertThat(maria.transaction().isOpen()).isTrue();
    maria.transaction().wrote(ChangeSet.DEFINITIONS);
    maria.run("set autocommit = 1");
    assertThat(maria.transaction().isOpen()).isFalse();
    assertThat(maria.transaction().changes()).isEqualTo(ChangeSet.NOTHING);
    assertThat(maria.session.leavesResidue()).isTrue();
  }

  @Test
  void whoHoldsTheDriversObjectMayHaveWrittenAnything() {
    Session session = after(POSTGRESQL);
    session.unwrapped();
    assertThat(session.mayHaveWritten()).isEqualTo(ChangeSet.DEFINITIONS);
    assertThat(session.bypass()).isEqualTo(BypassReason.UNKNOWN_SESSION_STATE);
    assertThat(session.leavesResidue()).isTrue();
  }

  @Test
  void whatASessionBeginsWithMayTurnOutToBeSomethingElse() {
    Session session = after(POSTGRESQL, "set timezone = 'Asia/Tokyo'");
    session.rebase(Fingerprint.of(SessionInTest.baseline(MARIADB)));
    assertThat(session.rules()).isSameAs(MARIADB.product().sessionRules());
    assertThat(session.fingerprint().isPlain()).isFalse();
    session.baselineIsOld(true);
    assertThat(session.bypass()).isEqualTo(BypassReason.UNKNOWN_SESSION_STATE);
  }
}
