package dev.larder.jdbc.internal.nodes;

import dev.larder.invalidation.Ledger;
import dev.larder.invalidation.source.ChangeSource;
import dev.larder.invalidation.source.SourceSession;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StreamMessage;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * The other nodes, heard through a Redis stream, and this one among them. Used by one thread, but
 * for the {@link #voice()}.
 */
public final class RedisNodes implements ChangeSource {

  private final List<String> uris;
  private final String stream;
  private final Duration maxStaleness;
  private final Duration patience;
  private final MessageSeal seal;
  private final NodeVoice voice;
  private final Runnable stopAnnouncing;

  /**
   * Begins to announce the ledger's commits, which wait a little until there is a connection.
   *
   * @param uris of one server, or of several nodes of a cluster
   * @param patience for how long a node may be silent before it is taken for dead
   */
  public RedisNodes(
      List<String> uris,
      String secret,
      String cluster,
      Ledger ledger,
      Duration maxStaleness,
      Duration patience) {
    this.uris = uris;
    this.stream = MessageSeal.streamName(cluster, ledger.identity());
    this.maxStaleness = maxStaleness;
    this.patience = patience;
    this.seal = new MessageSeal(secret, cluster, ledger.identity());
    this.voice = new NodeVoice(new MessageSeal(secret, cluster, ledger.identity()));
    this.stopAnnouncing = ledger.announceTo(voice);
  }

  /** Whether these are URIs of Redis servers as Lettuce writes them. */
  public static boolean areUsable(List<String> uris) {
    try {
      uris.forEach(RedisURI::create);
      return true;
    } catch (RuntimeException malformed) {
      return false;
    }
  }

  @Override
  public String name() {
    return "nodes over Redis";
  }

  @Override
  public SourceSession connect() {
    RedisStream link = open();
    try {
      Circle circle = new Circle(voice.node(), patience);
      RedisSession session = new RedisSession(this, link, circle, seal, voice);
      session.readPast();
      voice.speakThrough(link);
      return session;
    } catch (RuntimeException e) {
      link.close();
      throw e;
    }
  }

  RedisStream open() {
    return RedisStream.connect(uris.stream().map(RedisURI::create).toList(), stream);
  }

  UUID node() {
    return voice.node();
  }

  Duration maxStaleness() {
    return maxStaleness;
  }

  /** For how long the stream keeps what it has, in milliseconds. */
  long keptMillis() {
    return 2 * patience.toMillis();
  }

  /**
   * Says farewell.
   *
   * @param idle whether nothing can be written any more
   */
  public void farewell(BooleanSupplier idle) {
    stopAnnouncing.run();
    voice.farewell(idle.getAsBoolean());
  }

  static boolean isFull(List<StreamMessage<String, byte[]>> read) {
    return read.size() >= RedisStream.MOST_READ;
  }
}
