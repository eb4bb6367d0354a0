package dev.larder.jdbc.internal.connection;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.pool.Acquisition;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.Session;
import dev.larder.jdbc.internal.trail.Trail;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The logical connection an execution belongs to. Used by one thread at a time. */
public interface LogicalConnection {

  Session session() throws SQLException;

  /**
   * The fingerprint of a session that {@link Fingerprint#readsPlainly()} and on which nothing was
   * set and through which nothing was sent; null for any other. Most connections end so, and need
   * no session.
   */
  @Nullable Fingerprint plainFingerprint() throws SQLException;

  /**
   * The {@link #plainFingerprint} that a statement was planned for last: its answer is looked for
   * in the session that the plan is for, even where sessions have begun to begin otherwise
   * meanwhile. Null where that was another session, or may be by now.
   */
  @Nullable Fingerprint plannedFor();

  /** What of the session is part of every key. */
  Fingerprint fingerprint() throws SQLException;

  /** The physical connection, borrowed and brought to the session's state if it was not yet. */
  PhysicalConnection<PhysicalProfile> physical() throws SQLException;

  /**
   * The same, waiting for one no longer than that.
   *
   * @throws SQLException as where a statement's time is over, if none came
   */
  PhysicalConnection<PhysicalProfile> physicalWithin(long maxNanos) throws SQLException;

  /** Whether a physical connection is held already. */
  boolean holdsPhysical();

  /**
   * Waits for what another thread brings, for as long as the statement that waits is not cancelled,
   * has time left, and is open with its connection.
   *
   * @return null too where nothing came within {@code maxNanos}
   * @throws SQLException what the driver says of a statement that is ended so
   */
  <T> @Nullable T await(CompletableFuture<T> coming, long maxNanos)
      throws SQLException, InterruptedException;

  /** Gets a connection by a wait that ends for the same reasons. */
  <T> T borrowing(Borrowing<T> borrowing) throws SQLException;

  /** Gets a connection. */
  @FunctionalInterface
  interface Borrowing<T> {
    T by(Acquisition wait) throws SQLException;
  }

  /**
   * Something is about to be sent on the physical connection, which is this thread's until {@link
   * #endsWork}: whoever closes this meanwhile leaves it alone.
   *
   * @throws SQLException if another thread has closed this, and with it perhaps what was to be sent
   */
  void beginsWork() throws SQLException;

  /** The driver has answered, or failed. */
  void endsWork();

  /**
   * Whether a read of this session may run on another connection: it has set nothing, has written
   * nothing, and either commits each statement or is in a read-only transaction that is not
   * serializable.
   */
  boolean mayReadElsewhere() throws SQLException;

  /**
   * An answer that the database did not give just now speaks of that moment. Told only where
   * writers may be unseen, so that a cache above knows how old its own entry is.
   */
  void answeredAsOf(long readAtNanos);

  /**
   * The driver has an answer to a later statement, and so everything of the earlier ones: none of
   * them is under way any more.
   */
  void answered();

  /** What it was answered lately, for who guesses at what it asks next. */
  Trail trail();

  /**
   * What becomes of the statement that is executed; told where memory does not simply answer it.
   *
   * @param reason why it was not answered from memory, or its answer not kept; null where there is
   *     none but that memory did not hold it
   */
  void became(StatementFate fate, @Nullable BypassReason reason);

  /** The driver gave no answer: nobody may be lent this physical connection again. */
  void lostPhysical();
}
