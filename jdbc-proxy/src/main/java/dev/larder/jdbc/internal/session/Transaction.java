package dev.larder.jdbc.internal.session;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Locking;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The transaction that a session has open, or would open with its next statement: where it stands
 * among the commits of others, what it has written, and what it isolates from. Not thread-safe.
 */
public final class Transaction {

  /** The position of a transaction that has sent nothing yet. */
  public static final long NO_POSITION = -1;

  private record NamedSavepoint(String name, SessionSettings.Saved settings) {}

  /** How far a transaction is that may read a snapshot which no serializable writer makes wrong. */
  private enum SafeSnapshot {
    NOT_ASKED,
    /** Its last statement has asked for one: if a read follows, that waits for it. */
    ASKED,
    FIXED
  }

  private SessionRules rules;
  private boolean autoCommit;
  private boolean autoCommitUnsure;
  private boolean begunByText;

  /** The level of the session, and the one that was set for the next transaction alone. */
  private int sessionIsolation;

  private @Nullable Integer nextIsolation;

  /** The level of the transaction since its first statement. */
  private int ownIsolation;

  private Standing standing = Standing.HEALTHY;

  /** Null before anything was written. */
  private @Nullable OwnWrites written;

  private long position = NO_POSITION;
  private long positionAtNanos;
  private boolean snapshotFixed;
  private SafeSnapshot safe = SafeSnapshot.NOT_ASKED;
  private boolean answered;
  private boolean locked;
  private boolean sessionLocked;
  private List<NamedSavepoint> savepoints = List.of();

  Transaction(SessionBaseline baseline) {
    this.rules = baseline.rules();
    this.autoCommit = baseline.autoCommit();
    this.sessionIsolation = baseline.isolation();
    this.ownIsolation = sessionIsolation;
  }

  /** The database turned out to have other rules than were told of it before. */
  void rules(SessionRules other) {
    rules = other;
  }

  // How it begins and ends.

  public boolean autoCommit() {
    return autoCommit;
  }

  void autoCommit(boolean on) {
    if (!on && begunByText && rules.mayHave(SessionTrait.AUTO_COMMIT_RETURNS_AFTER_TEXT)) {
      autoCommitUnsure = true;
    }
    if (!isOpen()) {
      answered = false;
    }
    autoCommit = on;
  }

  /** A text has set it, which ended the transaction that was open. */
  void autoCommitByText(boolean on) {
    autoCommit = on;
  }

  /** Whether what is sent now belongs to a transaction of several statements. */
  public boolean isOpen() {
    return !autoCommit || begunByText;
  }

  /** Whether a text began it, so that no driver knows of it. */
  boolean isBegunByText() {
    return begunByText;
  }

  void beginByText(@Nullable Integer level) {
    begunByText = true;
    if (level != null) {
      nextIsolation = level;
    }
  }

  /** One statement of several failed: a BEGIN before it may have taken effect. */
  void mayHaveBegun() {
    begunByText |= autoCommit;
  }

  void end() {
    written = null;
    position = NO_POSITION;
    snapshotFixed = false;
    safe = SafeSnapshot.NOT_ASKED;
    answered = false;
    standing = Standing.HEALTHY;
    locked = false;
    begunByText = false;
    nextIsolation = null;
    savepoints = List.of();
  }

  // Its isolation.

  /** The isolation level that the next statement runs at. */
  public int isolation() {
    return hasBegun() ? ownIsolation : upcomingIsolation();
  }

  private boolean hasBegun() {
    return isOpen() && position != NO_POSITION;
  }

  private int upcomingIsolation() {
    return nextIsolation == null ? sessionIsolation : nextIsolation;
  }

  /** The level of the session's transactions, whatever the open one has. */
  public int sessionIsolation() {
    return sessionIsolation;
  }

  /** Whether a level was set for it alone. */
  boolean hasLevelOfItsOwn() {
    return nextIsolation != null && nextIsolation != sessionIsolation;
  }

  /** What {@code setTransactionIsolation} was told. */
  void sessionIsolation(int level) {
    sessionIsolation = level;
    if (hasBegun()) {
      // Products disagree on whether this reaches the transaction that is open.
      standing = standing.unsure(BypassReason.ISOLATION_CHANGED);
    }
  }

  /** All settings were reset, and the level with them. */
  void resetIsolation(int level) {
    sessionIsolation = level;
  }

  /** What {@code SET TRANSACTION} was told. */
  void isolationByText(int level) {
    if (isOpen()) {
      // Who takes it only before the transaction has begun makes it this one's too.
      nextIsolation = level;
      ownIsolation = level;
    } else if (rules.mayHave(SessionTrait.ISOLATION_OF_NEXT_TRANSACTION)) {
      nextIsolation = level;
    }
  }

  /**
   * A statement was sent outside of a transaction, which uses up what was set for the next one.
   *
   * @return whether that leaves the level in doubt, as not every statement uses it up
   */
  boolean usesUpIsolation() {
    Integer once = nextIsolation;
    if (once == null || isOpen()) {
      return false;
    }
    nextIsolation = null;
    return once != sessionIsolation;
  }

  // What it reads.

  /** The ledger's position before the transaction's first statement was sent. */
  public long position() {
    return position;
  }

  /** A statement is about to be sent. */
  public void sending(long ledgerPosition) {
    if (isOpen() && position == NO_POSITION) {
      ownIsolation = upcomingIsolation();
      position = ledgerPosition;
      positionAtNanos = System.nanoTime();
    }
  }

  /** A query over tables was sent, so that the database has fixed the transaction's snapshot. */
  void snapshotFixed() {
    snapshotFixed = isOpen();
    if (safe == SafeSnapshot.ASKED) {
      safe = isOpen() ? SafeSnapshot.FIXED : SafeSnapshot.NOT_ASKED;
    }
  }

  /** A text has made it SERIALIZABLE, READ ONLY and DEFERRABLE. */
  void waitsForSafeSnapshot() {
    boolean isInTime = isOpen() && !snapshotFixed && !hasWritten();
    safe = isInTime ? SafeSnapshot.ASKED : SafeSnapshot.NOT_ASKED;
  }

  /**
   * Something else was sent, which may have made it READ WRITE or NOT DEFERRABLE, as long as that
   * can be done: until a snapshot is fixed.
   */
  void sentBeforeSnapshot() {
    if (safe == SafeSnapshot.ASKED) {
      safe = SafeSnapshot.NOT_ASKED;
    }
  }

  /** Whether it reads, or will with its next statement, a snapshot that leaves no locks behind. */
  boolean readsSafeSnapshot() {
    return safe != SafeSnapshot.NOT_ASKED;
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
    return isOpen() && isolation() > Connection.TRANSACTION_READ_COMMITTED;
  }

  /**
   * Which moment a query that is sent now may speak of: in a snapshot transaction that of its first
   * statement.
   */
  public long readsAsOfNanos() {
    return readsSnapshot() && position != NO_POSITION ? positionAtNanos : System.nanoTime();
  }

  /** Memory has answered a query. */
  public void answered() {
    answered = true;
  }

  /** Whether memory has answered a query of this transaction. */
  public boolean wasAnswered() {
    return answered;
  }

  // What it writes and locks.

  /** What the open transaction has written so far. */
  public ChangeSet changes() {
    return written == null ? ChangeSet.NOTHING : written.all();
  }

  /** What that may have changed: all that is asked where nothing meets it. */
  public Set<Scope> changedScopes() {
    return written == null ? Set.of() : written.scopes();
  }

  /** Whether the open transaction has written anything, or tried to. */
  public boolean hasWritten() {
    return written != null;
  }

  public void wrote(ChangeSet more) {
    if (!more.isEmpty()) {
      if (written == null) {
        written = new OwnWrites();
      }
      written.add(more);
    }
  }

  /** Its last statement, which was about to write these, has touched no row. */
  public void wroteNothing(ChangeSet none) {
    if (written != null) {
      written.takeBack(none);
    }
  }

  /** A statement is about to lock, or has just done so. */
  void locks(Locking locking) {
    sessionLocked |= locking == Locking.SESSION;
    locked |= locking.takes() && isOpen();
  }

  /** A statement that locks, or gives up what was locked beyond transactions, has succeeded. */
  public void hasLocked(Locking locking) {
    if (locking == Locking.RELEASES) {
      sessionLocked = false;
    } else {
      locks(locking);
    }
  }

  /**
   * Whether a lock is held, or may be: what is read from here on has to be as new as what the lock
   * guards. Whoever writes locks the rows that he writes.
   */
  public boolean holdsLocks() {
    return sessionLocked || (isOpen() && (locked || hasWritten()));
  }

  /**
   * Whether an answer has to be proven current for every writer, seen or not: an age, or the lag of
   * a source, is no bound that a lock, a snapshot or a serial order can bear.
   */
  public boolean needsProof() {
    return holdsLocks() || readsSnapshot() || isolation() == Connection.TRANSACTION_SERIALIZABLE;
  }

  // How it stands.

  /** A statement of the transaction met an error. */
  public void failed() {
    if (isOpen()) {
      standing = standing.failed();
    }
  }

  /** Why nothing may be cached in it, or null. */
  @Nullable BypassReason bypass() {
    return isOpen() ? standing.bypass() : null;
  }

  /**
   * Whether the server may have ended the transaction that was open, so that what is written next
   * may be committed at once.
   */
  public boolean mayHaveEnded() {
    return standing.mayHaveEnded() || autoCommitUnsure;
  }

  // Savepoints.

  void savepoint(String name, SessionSettings.Saved settings) {
    if (savepoints.isEmpty()) {
      savepoints = new ArrayList<>();
    }
    savepoints.add(new NamedSavepoint(fold(name), settings));
  }

  /**
   * The change set keeps what was undone: forgetting too much is harmless.
   *
   * @return the settings as they were at the savepoint; null where nobody knows of it
   */
  SessionSettings.@Nullable Saved rolledBackTo(String name) {
    standing = standing.restored();
    int index = indexOf(name);
    if (index < 0) {
      return null;
    }
    savepoints.subList(index + 1, savepoints.size()).clear();
    return savepoints.get(index).settings();
  }

  void released(String name) {
    int index = indexOf(name);
    if (index >= 0) {
      savepoints.subList(index, savepoints.size()).clear();
    }
  }

  private int indexOf(String name) {
    int index = savepoints.size() - 1;
    while (index >= 0 && !savepoints.get(index).name().equals(fold(name))) {
      index--;
    }
    return index;
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
