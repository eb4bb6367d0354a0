package dev.larder.redis;

import dev.larder.jdbc.internal.transport.MessageStream;
import dev.larder.jdbc.internal.transport.StreamTransport;
import dev.larder.jdbc.internal.transport.ValueStore;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;

/**
 * Redis as what carries the messages of nodes, in its streams, and what keeps the answers that they
 * share. Stateless and thread-safe.
 */
public final class RedisTransport implements StreamTransport {

  /** For {@link java.util.ServiceLoader}. */
  public RedisTransport() {}

  @Override
  public String name() {
    return "Redis";
  }

  @Override
  public boolean accepts(List<String> uris) {
    try {
      uris.forEach(RedisURI::create);
      return true;
    } catch (RuntimeException malformed) {
      return false;
    }
  }

  @Override
  public MessageStream connect(List<String> uris, String stream) {
    return RedisStream.connect(uris.stream().map(RedisURI::create).toList(), stream);
  }

  @Override
  public ValueStore values(List<String> uris, Duration timeout) {
    return RedisValues.connect(uris.stream().map(RedisURI::create).toList(), timeout);
  }
}
