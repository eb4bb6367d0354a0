package dev.larder.jdbc.internal.proxy;

import dev.larder.invalidation.ledger.WatchedSession;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.connection.StatementFate;
import dev.larder.jdbc.internal.connection.StatementOutcome;
import dev.larder.jdbc.internal.delegate.ConnectionDelegate;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.Session;
import dev.larder.jdbc.internal.trail.Trail;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The session of the connection that an application holds. Most connections end before anything has
 * to be known of it, and have none. Not thread-safe, as a connection is not.
 */
abstract class ConnectionSession extends ConnectionDelegate implements LogicalConnection {

  final ConnectionSource source;

  /** Whether a JDBC method has set something on what is or will be the physical connection. */
  boolean methodsHaveSet;

  private @Nullable Session session;
  private @Nullable Trail trail;

  /** What {@link #fingerprint} said last, while that is of a session that has set nothing. */
  private @Nullable Fingerprint plannedFor;

  private long oldestAnswer = WatchedSession.NO_OLDER_ANSWER;

  // What became of the statement before. Each hit writes two of these, and nothing is made of them
  // before somebody asks.

  private @Nullable CachedStatement latest;
  private StatementOutcome outcome = StatementOutcome.FROM_MEMORY;

  ConnectionSession(ConnectionSource source) {
    this.source = source;
  }

  @Override
  public final Trail trail() {
    Trail known = trail;
    if (known == null) {
      known = new Trail();
      trail = known;
    }
    return known;
  }

  /** The physical connection, if there is one already. */
  abstract @Nullable PhysicalConnection<PhysicalProfile> physicalIfHeld();

  /** Whether no physical connection is held that may have begun otherwise than is usual. */
  abstract boolean isUnleased();

  /**
   * What a session is that has set nothing; null where that has to be asked, or what is held may be
   * another.
   */
  abstract @Nullable Fingerprint freshIfUnleased();

  @Override
  public final Session session() throws SQLException {
    Session known = session;
    if (known != null) {
      return known;
    }
    Fingerprint fresh = freshIfUnleased();
    if (fresh == null) {
      fresh = source.fresh(physical().profile().baseline());
    }
    known = session;
    if (known == null) {
      known = new Session(fresh);
      session = known;
      PhysicalConnection<PhysicalProfile> borrowed = physicalIfHeld();
      if (borrowed == null) {
        known.begunUnder(source.basis());
      } else {
        begunUnder(borrowed.profile().basis(), known);
      }
    }
    return known;
  }

  /** The session, if anything had to be known of it yet. */
  final @Nullable Session sessionIfKnown() {
    return session;
  }

  /** A physical connection was borrowed for it, which may have begun otherwise than was thought. */
  final void rebase(PhysicalProfile profile) {
    Session known = session;
    if (known != null) {
      known.rebase(source.fresh(profile.baseline()));
      begunUnder(profile.basis(), known);
    }
  }

  @Override
  public final @Nullable Fingerprint plainFingerprint() {
    if (session != null) {
      return null;
    }
    Fingerprint fresh = freshIfUnleased();
    return fresh != null && fresh.readsPlainly() ? fresh : null;
  }

  @Override
  public final @Nullable Fingerprint plannedFor() {
    Fingerprint planned = session == null && isUnleased() ? plannedFor : null;
    return planned != null && planned.readsPlainly() ? planned : null;
  }

  @Override
  public final Fingerprint fingerprint() throws SQLException {
    Session known = session;
    Fingerprint fresh = known == null ? freshIfUnleased() : null;
    plannedFor = fresh;
    if (fresh != null) {
      return fresh;
    }
    known = session();
    if (!source.holds(known.basis())) {
      SessionDefaults.learnAgain(this, known);
    }
    return known.fingerprint();
  }

  private void begunUnder(PhysicalProfile.@Nullable Basis basis, Session known) {
    known.begunUnder(basis);
    known.baselineIsOld(!source.holds(basis));
  }

  @Override
  public final void answeredAsOf(long readAtNanos) {
    long oldest = oldestAnswer;
    if (oldest == WatchedSession.NO_OLDER_ANSWER || readAtNanos - oldest < 0) {
      oldestAnswer = readAtNanos;
    }
  }

  /** Of which moment its transaction's oldest answer speaks, as a cache above is told. */
  final long oldestAnswerNanos() {
    return oldestAnswer;
  }

  /** Another transaction begins, or another user. */
  final void forgetOldestAnswer() {
    oldestAnswer = WatchedSession.NO_OLDER_ANSWER;
  }

  /** A text is executed from now on; null for a batch, which is of several. */
  final void executes(@Nullable CachedStatement text) {
    latest = text;
    outcome = StatementOutcome.FROM_MEMORY;
  }

  @Override
  public final void became(StatementFate fate, @Nullable BypassReason reason) {
    outcome = StatementOutcome.of(fate, reason);
  }

  /** The text that was executed last; null for none, and for a batch. */
  final @Nullable CachedStatement latest() {
    return latest;
  }

  /** What became of it. */
  final StatementOutcome outcome() {
    return outcome;
  }

  /** Memory has answered. */
  final void answeredFromMemory() {
    Session known = session;
    if (known != null) {
      known.transaction().answered();
    }
  }
}
