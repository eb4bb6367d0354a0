package dev.larder.jdbc.internal.session;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Locking;
import dev.larder.jdbc.internal.analysis.SessionEffect;
import dev.larder.jdbc.internal.analysis.TransactionEffect;
import dev.larder.jdbc.internal.catalog.SearchPath;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one logical connection has done that can change an answer: its settings, its transaction,
 * its isolation level. Not thread-safe, as a JDBC connection is not.
 */
public final class Session {

  /** The position of a transaction that has sent nothing yet. */
  public static final long NO_POSITION = -1;

  private record NamedSavepoint(String name, SessionSettings.Saved settings) {}

  private SessionBaseline baseline;
  private Fingerprint plainFingerprint;
  private SessionSettings settings;

  private @Nullable Fingerprint fingerprint;

  private boolean autoCommit;
  private boolean begunByText;
  private int isolation;
  private @Nullable Integer nextIsolation;
  private boolean unwrapped;
  private boolean baselineIsOld;
  private PhysicalProfile.@Nullable Basis basis;

  // The transaction that is open, if one is.
  private ChangeSet changes = ChangeSet.NOTHING;
  private long position = NO_POSITION;
  private long positionAtNanos;
  private boolean snapshotFixed;
  private @Nullable BypassReason transactionBypass;
  private boolean mayHaveEnded;
  private boolean answered;
  private boolean autoCommitUnsure;
  private boolean transactionLocked;
  private boolean sessionLocked;
  private int transactionIsolation;
  private SessionSettings.Saved atStart;
  private List<NamedSavepoint> savepoints = List.of();

  public Session(Fingerprint fresh) {
    this.baseline = fresh.baseline();
    this.plainFingerprint = fresh;
    this.settings = new SessionSettings(baseline);
    this.autoCommit = baseline.autoCommit();
    this.isolation = baseline.isolation();
    this.transactionIsolation = isolation;
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
      known = new Fingerprint(baseline, settings.overrides());
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
    if (isolation() == Connection.TRANSACTION_SERIALIZABLE) {
      return BypassReason.SERIALIZABLE;
    }
    return inTransaction() ? transactionBypass : null;
  }

  // Settings.

  public void apply(SessionEffect effect, IntFunction<@Nullable String> parameter) {
    settings.apply(effect, inTransaction(), parameter);
    if (effect instanceof SessionEffect.ResetAll
        && rules().has(SessionTrait.RESET_ALL_RESETS_ISOLATION)) {
      isolation = baseline.isolation();
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
    return unwrapped || begunByText || settings.leavesResidue();
  }

  private void forgetDerived() {
    fingerprint = null;
  }

  // The transaction.

  public boolean autoCommit() {
    return autoCommit;
  }

  public void autoCommit(boolean on) {
    if (!on && begunByText && rules().mayHave(SessionTrait.AUTO_COMMIT_RETURNS_AFTER_TEXT)) {
      autoCommitUnsure = true;
    }
    if (!inTransaction()) {
      // What was set before the transaction outlives its rollback.
      atStart = settings.save();
      answered = false;
    }
    autoCommit = on;
  }

  public boolean inTransaction() {
    return !autoCommit || begunByText;
  }

  /** The isolation level that the next statement runs at. */
  public int isolation() {
    return inTransaction() && position != NO_POSITION ? transactionIsolation : upcoming();
  }

  private int upcoming() {
    return nextIsolation == null ? isolation : nextIsolation;
  }

  /** What {@code setTransactionIsolation} was told. */
  public void isolation(int level) {
    isolation = level;
    if (inTransaction() && position != NO_POSITION) {
      // Products disagree on whether this reaches the transaction that is open.
      transactionBypass = BypassReason.ISOLATION_CHANGED;
    }
  }

  public int sessionIsolation() {
    return isolation;
  }

  /** What the open transaction has written so far. */
  public ChangeSet changes() {
    return changes;
  }

  /** What a commit may bring to light: the driver's own object may have written anything. */
  public ChangeSet mayHaveWritten() {
    return unwrapped ? changes.plus(ChangeSet.DEFINITIONS) : changes;
  }

  public void wrote(ChangeSet more) {
    changes = changes.plus(more);
  }

  /** A statement is about to lock, or has just done so. */
  public void locks(Locking locking) {
    sessionLocked |= locking == Locking.SESSION;
    transactionLocked |= locking.takes() && inTransaction();
  }

  /** A statement gave up all that the session had locked beyond its transactions. */
  public void releasedLocks() {
    sessionLocked = false;
  }

  /**
   * Whether a lock is held, or may be: what is read from here on has to be as new as what the lock
   * guards. Whoever writes locks the rows that he writes.
   */
  public boolean hasLocked() {
    return sessionLocked || (inTransaction() && (transactionLocked || !changes.isEmpty()));
  }

  /**
   * Whether an answer has to be proven current for every writer, seen or not: an age, or the lag of
   * a source, is no bound that a lock or a snapshot can bear.
   */
  public boolean needsProof() {
    return hasLocked() || readsSnapshot();
  }

  /** Memory has answered a query. */
  public void answered() {
    answered = true;
  }

  /** Whether memory has answered a query of this transaction. */
  public boolean wasAnswered() {
    return answered;
  }

  /** The ledger's position before the transaction's first statement was sent. */
  public long position() {
    return position;
  }

  /** A statement is about to be sent. */
  public void sending(long ledgerPosition) {
    if (inTransaction() && position == NO_POSITION) {
      transactionIsolation = upcoming();
      position = ledgerPosition;
      positionAtNanos = System.nanoTime();
    }
  }

  /** A query over tables was sent, so that the database has fixed the transaction's snapshot. */
  public void snapshotFixed() {
    snapshotFixed = inTransaction();
  }

  public boolean isSnapshotFixed() {
    return snapshotFixed;
  }

  /**
   * Whether this is a snapshot transaction that began to read before the footprint last changed.
   */
  public boolean mayPredate(TrackedFootprint footprint) {
    return readsSnapshot() && position != NO_POSITION && !footprint.unmovedSince(position);
  }

  /** Whether the next statement reads what was committed when its transaction began to read. */
  public boolean readsSnapshot() {
    return inTransaction() && isolation() > Connection.TRANSACTION_READ_COMMITTED;
  }

  /**
   * Which moment a query that is sent now may speak of: in a snapshot transaction that of its first
   * statement.
   */
  public long readsAsOfNanos() {
    return readsSnapshot() && position != NO_POSITION ? positionAtNanos : System.nanoTime();
  }

  /** A statement was sent outside of a transaction, or has just begun one. */
  public void sentByItself() {
    Integer once = nextIsolation;
    if (once != null && !inTransaction()) {
      nextIsolation = null;
      if (once != isolation) {
        // Not every statement uses up what SET TRANSACTION said of the next transaction.
        stateUnknown("SET TRANSACTION outside of a transaction");
      }
    }
  }

  /** A statement of the transaction met an error. */
  public void failed() {
    if (inTransaction()) {
      transactionBypass = BypassReason.FAILED_TRANSACTION;
      mayHaveEnded = true;
    }
  }

  /** A statement that commits met an error: what the transaction had set may be undone. */
  public void commitFailed() {
    failed();
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
    begunByText |= autoCommit;
    wrote(written);
    failed();
  }

  /**
   * Whether the server may have ended the transaction that was open, so that what is written next
   * may be committed at once.
   */
  public boolean mayHaveEnded() {
    return mayHaveEnded || autoCommitUnsure;
  }

  public void committed() {
    settings.endTransaction();
    endTransaction();
  }

  public void rolledBack() {
    if (inTransaction()) {
      settings.undoTo(atStart);
    }
    settings.endTransaction();
    endTransaction();
  }

  private void endTransaction() {
    changes = ChangeSet.NOTHING;
    position = NO_POSITION;
    snapshotFixed = false;
    answered = false;
    transactionBypass = null;
    transactionLocked = false;
    mayHaveEnded = false;
    begunByText = false;
    nextIsolation = null;
    savepoints = List.of();
    atStart = settings.save();
    forgetDerived();
  }

  public void savepoint(String name) {
    if (savepoints.isEmpty()) {
      savepoints = new ArrayList<>();
    }
    savepoints.add(new NamedSavepoint(fold(name), settings.save()));
  }

  /** The change set keeps what was undone: forgetting too much is harmless. */
  public void rolledBackTo(String name) {
    for (int i = savepoints.size() - 1; i >= 0; i--) {
      if (savepoints.get(i).name().equals(fold(name))) {
        settings.undoTo(savepoints.get(i).settings());
        savepoints.subList(i + 1, savepoints.size()).clear();
        forgetDerived();
        break;
      }
    }
    if (transactionBypass == BypassReason.FAILED_TRANSACTION) {
      transactionBypass = null;
      mayHaveEnded = false;
    }
  }

  public void released(String name) {
    for (int i = savepoints.size() - 1; i >= 0; i--) {
      if (savepoints.get(i).name().equals(fold(name))) {
        savepoints.subList(i, savepoints.size()).clear();
        return;
      }
    }
  }

  /** Takes in what a statement's text did to the transaction, after it succeeded. */
  public void apply(TransactionEffect effect) {
    if (effect instanceof TransactionEffect.Begin begin) {
      begun(begin.isolation());
    } else if (effect instanceof TransactionEffect.Commit commit) {
      int level = isolation();
      committed();
      chained(commit.chain(), level);
    } else if (effect instanceof TransactionEffect.Rollback rollback) {
      int level = isolation();
      rolledBack();
      chained(rollback.chain(), level);
    } else if (effect instanceof TransactionEffect.Savepoint savepoint) {
      savepoint(savepoint.name());
    } else if (effect instanceof TransactionEffect.RollbackTo to) {
      rolledBackTo(to.name());
    } else if (effect instanceof TransactionEffect.Release release) {
      released(release.name());
    } else if (effect instanceof TransactionEffect.Isolation level) {
      isolationByText(level.isolation());
    } else if (effect instanceof TransactionEffect.SessionIsolation level) {
      settings.touch(rules().isolationSetting());
      isolation(level.isolation());
    } else if (effect instanceof TransactionEffect.AutoCommit to) {
      settings.residue();
      committed();
      autoCommit = to.on();
    } else if (effect instanceof TransactionEffect.Prepare) {
      committed();
    }
  }

  private void begun(@Nullable Integer level) {
    if (rules().has(SessionTrait.BEGIN_COMMITS)) {
      committed();
    } else if (rules().mayHave(SessionTrait.BEGIN_COMMITS)) {
      // What was open may be committed by now, or go on.
      failed();
    }
    if (!inTransaction()) {
      atStart = settings.save();
    }
    begunByText = true;
    if (level != null) {
      nextIsolation = level;
    }
  }

  private void chained(boolean chain, int level) {
    if (chain) {
      begunByText = true;
      nextIsolation = level;
    }
  }

  private void isolationByText(int level) {
    if (inTransaction()) {
      // Who takes it only before the transaction has begun makes it this one's too.
      nextIsolation = level;
      transactionIsolation = level;
    } else if (rules().mayHave(SessionTrait.ISOLATION_OF_NEXT_TRANSACTION)) {
      nextIsolation = level;
    }
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
