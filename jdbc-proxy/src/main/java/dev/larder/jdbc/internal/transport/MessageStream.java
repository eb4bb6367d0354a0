package dev.larder.jdbc.internal.transport;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a stream: an append-only sequence of entries, each with an id, which everybody
 * reads in the same order. Reading is for one thread; everything else is thread-safe.
 *
 * <p>It never reconnects by itself: what was sent on a connection that is lost is lost with it, so
 * that nothing is sent again behind what was sent since.
 */
public interface MessageStream extends AutoCloseable {

  /**
   * What is there, from the beginning of the stream.
   *
   * @param after the id behind which to begin; null for the first entry
   * @param most how many entries to take at most
   * @throws RuntimeException where the connection is lost
   */
  List<StreamEntry> past(@Nullable String after, int most);

  /**
   * What has come behind an entry; waits a few milliseconds where nothing has.
   *
   * @param after the id behind which to begin; null for the first entry
   * @param most how many entries to take at most
   * @throws RuntimeException where the connection is lost
   */
  List<StreamEntry> read(@Nullable String after, int most);

  /**
   * Sends a message behind all that were sent before on this connection.
   *
   * @return is done when the server has it
   * @throws RuntimeException where the connection is known to be lost
   */
  Future<?> send(byte[] message, byte[] signature);

  /**
   * Lets go of the entries that are older than that, give or take some; does not wait for it.
   *
   * @param newest the id of the entry from which the age counts
   */
  void trim(String newest, Duration age);

  /** Whoever holds this connection should get another: a message was lost on it. */
  void markBroken();

  boolean isBroken();

  @Override
  void close();
}
