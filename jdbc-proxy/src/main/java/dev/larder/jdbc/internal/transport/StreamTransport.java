package dev.larder.jdbc.internal.transport;

import java.time.Duration;
import java.util.List;

/**
 * A server product whose streams carry the messages of nodes. Implementations are thread-safe, and
 * are found by {@link StreamTransports} as services.
 */
public interface StreamTransport {

  /** The product's name as reports and log lines show it. */
  String name();

  /**
   * Whether these are addresses of servers as this transport writes them; reaches none.
   *
   * @param uris as the setting gives them
   */
  boolean accepts(List<String> uris);

  /**
   * Connects to a stream, which need not exist yet.
   *
   * @param uris of one server, or of several nodes of a cluster of servers
   * @param stream its name; of one with braces in it, only what is between them decides which node
   *     of a cluster of servers has it
   * @throws RuntimeException where it cannot be reached
   */
  MessageStream connect(List<String> uris, String stream);

  /**
   * Connects to a place for values. Unlike a stream it reconnects by itself, and refuses what comes
   * meanwhile.
   *
   * @param uris as the setting gives them
   * @param timeout after which a call has failed
   * @throws RuntimeException where it cannot be reached, or the product keeps none
   */
  default ValueStore values(List<String> uris, Duration timeout) {
    throw new UnsupportedOperationException(name() + " keeps no values");
  }
}
