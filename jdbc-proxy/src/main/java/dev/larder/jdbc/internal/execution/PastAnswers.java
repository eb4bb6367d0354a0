package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.connection.StatementFate;
import dev.larder.jdbc.internal.execution.QueryLoads.Wanted;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.result.QueryResult;
import dev.larder.jdbc.internal.session.Session;
import dev.larder.jdbc.internal.store.AnswerStore;
import dev.larder.jdbc.internal.store.Entry;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Answers that are older than they should be, for a while in which the database cannot be reached.
 * Thread-safe.
 */
public final class PastAnswers {

  /*
   * Only the age bound gives way. An answer is served past it while its stamp is current, so that
   * no change, definition or right that is known of has been altered since; which ones are not known
   * of is what the bound is about. Where a source had lifted the bound and is lost, the bound came
   * back at the moment of the last proof, and the time that is allowed counts from there: what the
   * source would have reported later, nobody knows.
   *
   * A right that was taken away elsewhere is known of from the moment at which the database has
   * refused something: the query, whose answer is dropped then, or the user, whose answers are all
   * of before. So is a table that is gone.
   */

  /** A pool that is only busy has a connection soon. */
  private static final long FIRST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  /** The class of failures to log in. */
  private static final String OF_THE_USER = "28";

  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final AnswerStore store;
  private final AnswerAge age;
  private final long boundNanos;
  private final LongFunction<@Nullable SQLException> refusalSince;
  private final Counters counters;
  private final Outage outage = new Outage();

  /** When the database would not have its user, if it ever was so: {@link System#nanoTime()}. */
  private volatile @Nullable Long refusedAtNanos;

  /**
   * @param bound how long past its age bound an answer may be served
   * @param refusalSince why the pool tried to connect since that time in vain; null where it did
   *     not
   */
  public PastAnswers(
      AnswerStore store,
      AnswerAge age,
      Duration bound,
      LongFunction<@Nullable SQLException> refusalSince,
      Counters counters) {
    this.store = store;
    this.age = age;
    this.boundNanos = bound.toNanos();
    this.refusalSince = refusalSince;
    this.counters = counters;
  }

  /** A load, which may fail. */
  @FunctionalInterface
  interface Loading {
    QueryResult run() throws SQLException;
  }

  /** What a load answers, or what memory held, where the database cannot be reached. */
  QueryResult answer(LogicalConnection connection, Wanted wanted, Loading loading)
      throws SQLException {
    Entry known = mayServe(connection) ? find(wanted) : null;
    if (known == null) {
      return loading.run();
    }
    if (outage.spares()) {
      return serve(known, connection, wanted);
    }
    try {
      QueryResult answer = loading.run();
      outage.ends();
      return answer;
    } catch (SQLException e) {
      if (!outage.isShownBy(e)) {
        if (outage.isAnswer(e)) {
          refused(known, wanted, e);
        }
        throw e;
      }
      outage.begins(e);
      // Some time has passed, and something may have changed.
      Entry past = find(wanted);
      if (past == null) {
        throw e;
      }
      return serve(past, connection, wanted);
    }
  }

  /** The database can be reached, and will not say again what it has said before. */
  private void refused(Entry known, Wanted wanted, SQLException answer) {
    outage.ends();
    store.drop(wanted.key(), known);
    if (answer instanceof SQLTransientConnectionException
        || String.valueOf(answer.getSQLState()).startsWith(OF_THE_USER)) {
      // Not of the query: there was no connection to run it on.
      refusedAtNanos = System.nanoTime();
    }
  }

  /** In a transaction that has begun on the database, the database's failure is the answer. */
  private static boolean mayServe(LogicalConnection connection) throws SQLException {
    if (connection.plainFingerprint() != null) {
      return true;
    }
    Session session = connection.session();
    return connection.mayReadElsewhere()
        && !(session.transaction().isOpen() && connection.holdsPhysical());
  }

  /** What memory holds that is too old, and not by too much. */
  private @Nullable Entry find(Wanted wanted) {
    Entry entry = store.findPast(wanted.key(), wanted.admission().loadCost());
    return entry != null
            && CachedRead.covers(entry.stamp(), wanted.serve().footprint())
            && pastNanos(entry, wanted) <= boundNanos
            && !isRefused(entry)
        ? entry
        : null;
  }

  private boolean isRefused(Entry entry) {
    Long refused = refusedAtNanos;
    return refused != null && entry.readAtNanos() - refused <= 0;
  }

  /** How long ago its bound was; less than 0 where that is yet to come. */
  private long pastNanos(Entry entry, Wanted wanted) {
    long now = System.nanoTime();
    if (wanted.maxAge() == Long.MAX_VALUE) {
      return 0;
    }
    long past = now - entry.readAtNanos() - wanted.maxAge();
    if (wanted.maxAge() < age.maxNanos()) {
      return past;
    }
    TrackedFootprint footprint = entry.stamp().footprint();
    OptionalLong proven = age.lastProven(footprint);
    return proven.isEmpty() ? past : Math.min(past, now - proven.getAsLong());
  }

  private QueryResult serve(Entry entry, LogicalConnection connection, Wanted wanted) {
    counters.servedPast.increment();
    connection.became(StatementFate.PAST, null);
    age.tell(connection, entry.readAtNanos());
    long millis = Math.max(0, TimeUnit.NANOSECONDS.toMillis(pastNanos(entry, wanted)));
    return new QueryResult.Past(
        entry.snapshot(),
        new SQLWarning(
            "the database cannot be reached: this was answered from memory, "
                + millis
                + " ms past its age bound",
            "01000"));
  }

  /** Gets a connection for a load, without waiting long for one that cannot be had. */
  void reach(LogicalConnection connection, Wanted wanted) throws SQLException {
    if (!connection.holdsPhysical() && find(wanted) != null) {
      wait(connection);
    }
    connection.physical();
  }

  private void wait(LogicalConnection connection) throws SQLException {
    for (long nanos = FIRST_WAIT_NANOS; nanos < LONGEST_WAIT_NANOS; nanos *= 2) {
      long began = System.nanoTime();
      try {
        connection.physicalWithin(nanos);
        return;
      } catch (SQLException e) {
        if (System.nanoTime() - began < nanos) {
          // That was not the end of this wait.
          throw e;
        }
        SQLException refusal = refusalSince.apply(began);
        if (refusal != null) {
          String state = refusal.getSQLState();
          throw new SQLTransientConnectionException(
              "there is no connection to be had", state == null ? "08001" : state, refusal);
        }
      }
    }
  }
}
