package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.Session;
import dev.larder.jdbc.internal.session.Transaction;
import java.sql.SQLException;

/**
 * The defaults that a session began with, where they may have changed since they were read. Has no
 * state; used by the thread that uses the connection.
 */
final class SessionDefaults {

  private SessionDefaults() {}

  /**
   * Reads them again, unless that would disturb a transaction, or they are being changed right now:
   * until then nothing of the session is cached, and a name without a schema may be any table's.
   */
  static void learnAgain(ConnectionSession connection, Session session) throws SQLException {
    ConnectionSource source = connection.source;
    if (session.hasSetNothing()) {
      Fingerprint fresh = connection.freshIfUnleased();
      if (fresh != null) {
        session.rebase(fresh);
        session.begunUnder(source.basis());
        session.baselineIsOld(false);
        return;
      }
    }
    boolean undisturbed =
        !session.transaction().isOpen()
            || session.transaction().position() == Transaction.NO_POSITION;
    if (!undisturbed || !source.mayProfile() || session.leavesResidue()) {
      session.baselineIsOld(true);
      return;
    }
    boolean isHeld = connection.holdsPhysical();
    PhysicalConnection<PhysicalProfile> held = connection.physical();
    if (isHeld && !areRead(connection, held, session)) {
      session.baselineIsOld(true);
      return;
    }
    session.baselineIsOld(!source.holds(session.basis()));
  }

  /** Reads them from the connection that is held; false where that does not tell. */
  private static boolean areRead(
      ConnectionSession connection, PhysicalConnection<PhysicalProfile> held, Session session)
      throws SQLException {
    ConnectionSource source = connection.source;
    boolean asBorrowed = session.hasSetNothing() && !connection.methodsHaveSet;
    PhysicalProfile now;
    connection.beginsWork();
    try {
      now = source.reread(held);
    } finally {
      connection.endsWork();
    }
    if (now.basis() == null) {
      return false;
    }
    if (asBorrowed) {
      // A connection that began under other defaults is to be told by them when it is lent again.
      held.learn(held.profile().isOutdatedBy(now) ? held.profile().withoutBasis() : now);
      session.rebase(source.fresh(now.baseline()));
    } else {
      held.learn(held.profile().withoutBasis());
      session.relearn(now.baseline());
    }
    session.begunUnder(now.basis());
    return true;
  }
}
