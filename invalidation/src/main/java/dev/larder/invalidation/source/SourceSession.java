package dev.larder.invalidation.source;

import dev.larder.invalidation.ledger.NodeMoment;
import dev.larder.invalidation.ledger.Reach;
import org.jspecify.annotations.Nullable;

/**
 * A connected source. Used by one thread, but for {@link #close()}, which any thread may call.
 *
 * <p>An exception from any method is the end of the session, and a gap.
 */
public interface SourceSession extends AutoCloseable {

  /** The tables of which it reports every change, as of now. Cheap: asked often. */
  Reach reach();

  /**
   * Hands on what has arrived, in the order in which it came, and waits a little (at most some tens
   * of milliseconds) where nothing has.
   */
  void read(ChangeSink sink) throws Exception;

  /**
   * Asks the far end for a sign of life that comes back behind every change which was visible
   * before this call; {@link #read} then hands it to {@link ChangeSink#marked}. One that has not
   * come back is superseded by the next.
   *
   * @param number grows from call to call
   */
  void requestMark(long number) throws Exception;

  /**
   * A moment that shows to whoever has heard it that nothing from before this session is unknown;
   * null, as for most sources, where what changed before is not known.
   */
  default @Nullable NodeMoment knownSince() {
    return null;
  }

  /** Ends it and leaves nothing behind on the server. A blocked call ends with an exception. */
  @Override
  void close();
}
