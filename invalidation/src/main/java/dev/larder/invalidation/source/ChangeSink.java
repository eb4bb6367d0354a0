package dev.larder.invalidation.source;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ledger.OpenCommit;
import org.jspecify.annotations.Nullable;

/** Takes what a session reads. Used by the session's thread only. */
public interface ChangeSink {

  /** A change that every read which starts from now on sees. */
  void changed(ChangeSet changes);

  /**
   * A change that a read which starts now may not see yet. Its cells stay open, and so uncacheable,
   * until {@link OpenCommit#end()}, which is called when every read sees it; at the end of the
   * session at the latest, when nothing is covered any more.
   */
  OpenCommit opened(ChangeSet changes);

  /** The sign of life with this number, or a later one, has come back. */
  void marked(long number);

  /**
   * The far end has answered this mark and those before it, but they prove nothing yet: somebody
   * else has still to be heard. A session that answers is not silent.
   */
  void answered(long number);

  /** Changes may have been missed, but the session goes on: everything before now is distrusted. */
  void gap(String why);

  /**
   * A message was dropped.
   *
   * @param why without anything of its contents
   */
  void rejected(String why);

  /** Something that the operator should know before it hurts; null where it is over. */
  void warning(@Nullable String problem);
}
