package dev.larder.invalidation.ledger;

import dev.larder.invalidation.ChangeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a cache above a connection has to know of it. Found by {@code unwrap} on the connection;
 * used by one thread at a time, like the connection.
 */
public interface WatchedSession {

  /**
   * What this session may see in another state than a fresh one does: what its transaction has
   * written, and everything where it has settings of its own, may see what others have not
   * committed, or is not known well enough.
   */
  ChangeSet differs();

  /**
   * Where this session looks for names that do not say it, if it has set nothing else: equal to
   * what another session says that looks there too. Null where that is not so, or not known.
   */
  @Nullable Object schema();

  /**
   * As {@link #differs}, beside a session that has set its schema and nothing else.
   *
   * @param schema what {@link #schema} has said of that one
   */
  ChangeSet differsFrom(Object schema);

  /**
   * Whether only the database may answer this session now: it holds a lock or reads a snapshot, and
   * there may be writers that nobody sees. How old something kept may be says nothing then; what is
   * read may be kept for others all the same.
   */
  boolean needsDatabase();

  /** What the answer of a query follows from in this session; null where that cannot be proven. */
  @Nullable TrackedFootprint footprint(String query);

  /** What {@link #oldestAnswerNanos} says where every answer is the database's own. */
  long NO_OLDER_ANSWER = Long.MAX_VALUE;

  /**
   * The oldest moment, as {@link System#nanoTime()} tells it, that an answer of this transaction
   * speaks of which the database did not give just then; {@link #NO_OLDER_ANSWER} without one, or
   * where nobody writes unseen. What is kept of such an answer is as old as the answer.
   */
  long oldestAnswerNanos();

  /** As {@link SharedLedger#rowKey}, in this session; null where there is none. */
  @Nullable RowKey rowKey(String query);
}
