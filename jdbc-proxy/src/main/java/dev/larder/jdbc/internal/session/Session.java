package dev.larder.jdbc.internal.session;

import dev.larder.invalidation.ChangeSet;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Locking;
import dev.larder.jdbc.internal.analysis.SessionEffect;
import dev.larder.jdbc.internal.analysis.TransactionEffect;
import dev.larder.jdbc.internal.catalog.SearchPath;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one logical connection has done that can change an answer: its settings, its transaction,
 * and what it leaves behind. Not thread-safe, as a JDBC connection is not.
 */
public final class Session {

  private SessionBaseline baseline;
  private Fingerprint plainFingerprint;
  private SessionSettings settings;

  private @Nullable Fingerprint fingerprint;

  private boolean unwrapped;
  private boolean baselineIsOld;
  private PhysicalProfile.@Nullable Basis basis;

  private final Transaction transaction;

  /** The settings that a rollback of the transaction brings back. */
  private SessionSettings.Saved atStart;

  public Session(Fingerprint fresh) {
    this.baseline = fresh.baseline();
    this.plainFingerprint = fresh;
    this.settings = new SessionSettings(baseline);
    this.transaction = new Transaction(baseline);
    this.atStart = settings.save();
  }

  /**
   * The physical connection turned out to begin from somewhere else than its siblings (the role's
   * defaults were altered, say): from here on that is what this session is.
   */
  public void rebase(Fingerprint fresh) {
    if (!fresh.equals(plainFingerprint)) {
      baseline = fresh.baseline();
      plainFingerprint = fresh;
      settings.rebase(baseline);
      transaction.rules(baseline.rules());
      forgetDerived();
    }
  }

  /**
   * What the session begins with was read again on its own connection, on which it has settings of
   * its own: what it has set holds, the rest is what was found.
   */
  public void relearn(SessionBaseline found) {
    settings.unsureOfWhatIsSet();
    rebase(Fingerprint.of(baseline.exceptFor(settings.overrides().keySet(), found)));
  }

  public SessionBaseline baseline() {
    return baseline;
  }

  public SessionRules rules() {
    return baseline.rules();
  }

  public Fingerprint fingerprint() {
    if (baselineIsOld) {
      return Fingerprint.unsure(baseline, settings.overrides());
    }
    if (settings.isUntouched()) {
      return plainFingerprint;
    }
    Fingerprint known = fingerprint;
    if (known == null) {
      known = plainFingerprint.having(settings.overrides());
      fingerprint = known;
    }
    return known;
  }

  public SearchPath searchPath() {
    return fingerprint().searchPath();
  }

  /** Why nothing of this session may be cached, whatever the query, or null. */
  public @Nullable BypassReason bypass() {
    if (settings.unknown() != null || unwrapped || baselineIsOld) {
      return BypassReason.UNKNOWN_SESSION_STATE;
    }
    if (settings.holdsTemporary()) {
      return BypassReason.TEMPORARY_TABLE;
    }
    if (transaction.isolation() == Connection.TRANSACTION_SERIALIZABLE
        && !LocklessReads.areThoseOf(transaction, rules())) {
      return BypassReason.SERIALIZABLE;
    }
    return transaction.bypass();
  }

  // Settings.

  public void apply(SessionEffect effect, IntFunction<@Nullable String> parameter) {
    settings.apply(effect, transaction.isOpen(), parameter);
    if (effect instanceof SessionEffect.ResetAll
        && rules().has(SessionTrait.RESET_ALL_RESETS_ISOLATION)) {
      transaction.resetIsolation(baseline.isolation());
    }
    forgetDerived();
  }

  /**
   * A setting that a JDBC method changes.
   *
   * @param sent whether it was sent to the database at once, and so may belong to the transaction
   */
  public void setByMethod(String name, @Nullable String value, boolean sent) {
    settings.setByMethod(name, value);
    if (!sent) {
      atStart = settings.save();
    }
    forgetDerived();
  }

  /** The settings that have to be brought back before the connection is lent again. */
  public Set<String> touched() {
    return settings.touched();
  }

  /** The settings that are empty now and were missing when the session began. */
  public Set<String> emptied() {
    return settings.emptied();
  }

  /** Something was set for the session that is no part of the key. */
  public void touch(String setting) {
    settings.touch(setting);
  }

  /** Whether nothing at all was set, so that the connection is as it was when it was lent. */
  public boolean hasSetNothing() {
    return settings.isUntouched() && settings.touched().isEmpty() && !leavesResidue();
  }

  /** Under what it was read what this session begins with; null where that was never known. */
  public PhysicalProfile.@Nullable Basis basis() {
    return basis;
  }

  public void begunUnder(PhysicalProfile.@Nullable Basis read) {
    basis = read;
  }

  /** Whether defaults may have changed since it was read what this session begins with. */
  public void baselineIsOld(boolean isOld) {
    baselineIsOld = isOld;
  }

  public void stateUnknown(String why) {
    settings.unknown(why);
  }

  /** The application holds the driver's own object and may do anything with it. */
  public void unwrapped() {
    unwrapped = true;
  }

  public boolean isUnwrapped() {
    return unwrapped;
  }

  /** Whether the physical connection must not be lent to anybody else. */
  public boolean leavesResidue() {
    return unwrapped || transaction.isBegunByText() || settings.leavesResidue();
  }

  private void forgetDerived() {
    fingerprint = null;
  }

  // The transaction.

  public Transaction transaction() {
    return transaction;
  }

  public void autoCommit(boolean on) {
    if (!transaction.isOpen()) {
      // What was set before the transaction outlives its rollback.
      atStart = settings.save();
    }
    transaction.autoCommit(on);
  }

  /** What {@code setTransactionIsolation} was told. */
  public void isolation(int level) {
    transaction.sessionIsolation(level);
  }

  /** What a commit may bring to light: the driver's own object may have written anything. */
  public ChangeSet mayHaveWritten() {
    ChangeSet changes = transaction.changes();
    return unwrapped ? changes.plus(ChangeSet.DEFINITIONS) : changes;
  }

  /** A statement is about to be sent, which may lock. */
  public void sending(long ledgerPosition, Locking locking) {
    transaction.sending(ledgerPosition);
    transaction.locks(locking);
  }

  /**
   * A statement that has no effects was answered.
   *
   * @param readsTables whether it has fixed the transaction's snapshot
   */
  public void answered(boolean readsTables, Locking locking) {
    if (readsTables) {
      transaction.snapshotFixed();
    } else {
      transaction.sentBeforeSnapshot();
    }
    transaction.hasLocked(locking);
    sentByItself();
  }

  /** The database has answered a row out of a table, and so fixed the transaction's snapshot. */
  public void readRows() {
    transaction.snapshotFixed();
  }

  /** A statement that has no effects met an error. */
  public void failed() {
    transaction.failed();
    sentByItself();
  }

  /**
   * Takes in the effects of a statement that was answered, once each of them was applied.
   *
   * @param effects what it did to transactions
   * @param ledgerPosition the ledger's position before it was sent
   */
  public void effectsApplied(List<TransactionEffect> effects, long ledgerPosition) {
    boolean begins = false;
    boolean isolates = false;
    boolean safe = false;
    for (TransactionEffect effect : effects) {
      begins |= effect instanceof TransactionEffect.Begin;
      isolates |= effect instanceof TransactionEffect.Isolation;
      safe = effect.isSafe();
    }
    if (!safe) {
      transaction.sentBeforeSnapshot();
    }
    if (begins) {
      // It may have fixed the snapshot: START TRANSACTION WITH CONSISTENT SNAPSHOT does.
      transaction.sending(ledgerPosition);
    } else if (!isolates) {
      sentByItself();
    }
  }

  /** A statement was sent outside of a transaction, or has just begun one. */
  private void sentByItself() {
    if (transaction.usesUpIsolation()) {
      stateUnknown("SET TRANSACTION outside of a transaction");
    }
  }

  /** A statement that commits met an error: what the transaction had set may be undone. */
  public void commitFailed() {
    transaction.failed();
    if (rules().mayHave(SessionTrait.ROLLBACK_UNDOES_SETTINGS)
        && !settings.save().equals(atStart)) {
      stateUnknown("a commit failed");
    }
  }

  /**
   * Of several statements with effects on session or transaction one met an error: those before it
   * may have taken effect.
   */
  public void failedPartWay(ChangeSet written) {
    stateUnknown("one of several statements failed");
    transaction.mayHaveBegun();
    transaction.wrote(written);
    transaction.failed();
  }

  public void committed() {
    settings.endTransaction();
    endTransaction();
  }

  public void rolledBack() {
    if (transaction.isOpen()) {
      settings.undoTo(atStart);
    }
    settings.endTransaction();
    endTransaction();
  }

  private void endTransaction() {
    transaction.end();
    atStart = settings.save();
    forgetDerived();
  }

  public void savepoint(String name) {
    transaction.savepoint(name, settings.save());
  }

  public void rolledBackTo(String name) {
    SessionSettings.Saved saved = transaction.rolledBackTo(name);
    if (saved != null) {
      settings.undoTo(saved);
      forgetDerived();
    }
  }

  public void released(String name) {
    transaction.released(name);
  }

  /** Takes in what a statement's text did to the transaction, after it succeeded. */
  public void apply(TransactionEffect effect) {
    if (effect instanceof TransactionEffect.Begin begin) {
      begun(begin.isolation());
    } else if (effect instanceof TransactionEffect.Commit commit) {
      int level = transaction.isolation();
      committed();
      chained(commit.chain(), level);
    } else if (effect instanceof TransactionEffect.Rollback rollback) {
      int level = transaction.isolation();
      rolledBack();
      chained(rollback.chain(), level);
    } else if (effect instanceof TransactionEffect.Savepoint savepoint) {
      savepoint(savepoint.name());
    } else if (effect instanceof TransactionEffect.RollbackTo to) {
      rolledBackTo(to.name());
    } else if (effect instanceof TransactionEffect.Release release) {
      released(release.name());
    } else if (effect instanceof TransactionEffect.Isolation level) {
      transaction.isolationByText(level.isolation());
    } else if (effect instanceof TransactionEffect.SessionIsolation level) {
      settings.touch(rules().isolationSetting());
      isolation(level.isolation());
    } else if (effect instanceof TransactionEffect.AutoCommit to) {
      settings.residue();
      committed();
      transaction.autoCommitByText(to.on());
    } else if (effect instanceof TransactionEffect.Prepare) {
      committed();
    }
    if (effect.isSafe()) {
      transaction.waitsForSafeSnapshot();
    }
  }

  private void begun(@Nullable Integer level) {
    if (rules().has(SessionTrait.BEGIN_COMMITS)) {
      commitByBegin();
    } else if (rules().mayHave(SessionTrait.BEGIN_COMMITS)) {
      // What was open may be committed by now, or go on.
      transaction.failed();
    }
    if (!transaction.isOpen()) {
      atStart = settings.save();
    }
    transaction.beginByText(level);
  }

  /** Where none is open, a level that was set for the next transaction is that of the new one. */
  private void commitByBegin() {
    if (transaction.isOpen()) {
      boolean levelInDoubt = transaction.hasLevelOfItsOwn();
      committed();
      if (levelInDoubt) {
        stateUnknown("BEGIN after SET TRANSACTION in a transaction");
      }
    }
  }

  private void chained(boolean chain, int level) {
    if (chain) {
      transaction.beginByText(level);
    }
  }
}
