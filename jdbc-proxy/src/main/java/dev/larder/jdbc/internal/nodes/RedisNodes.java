package dev.larder.jdbc.internal.nodes;

import dev.larder.invalidation.Ledger;
import dev.larder.invalidation.source.ChangeSource;
import dev.larder.invalidation.source.SourceSession;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StreamMessage;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The other nodes, heard through a Redis stream, and this one among them. Used by one thread, but
 * for the {@link #voice()}.
 */
public final class RedisNodes implements ChangeSource {

  /** How often it is looked whether the others can still see that this node is lost. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<String> uris;
  private final String stream;
  private final Duration maxStaleness;
  private final Duration patience;
  private final MessageSeal seal;
  private final NodeVoice voice;
  private final Runnable stopAnnouncing;
  private final Distress distress;
  private long thereAtNanos = System.nanoTime();
  private boolean wasThere;
  private boolean isRaised;
  private long lookedAtNanos;

  /**
   * Begins to announce the ledger's commits, which wait a little until there is a connection.
   *
   * @param uris of one server, or of several nodes of a cluster
   * @param distress tells the others where they cannot be reached
   * @param patience for how long a node may be silent before it is taken for dead
   */
  public RedisNodes(
      List<String> uris,
      String secret,
      String cluster,
      Ledger ledger,
      Distress distress,
      Duration maxStaleness,
      Duration patience) {
    this.uris = uris;
    this.stream = MessageSeal.streamName(cluster, ledger.identity());
    this.distress = distress;
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
    RedisStream link;
    try {
      link = open();
    } catch (RuntimeException e) {
      lookWhetherLost();
      throw e;
    }
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

  /** What this node said then has reached the stream, where the others find it. */
  void wasThere(long nanos) {
    thereAtNanos = nanos;
    wasThere = true;
  }

  /** Everybody has returned a mark that this node asked for since it was connected. */
  void isHeard() {
    if (isRaised) {
      isRaised = false;
      distress.lower();
    }
  }

  /** Calls for help when nobody may count on this node any more, in good time before that is so. */
  void lookWhetherLost() {
    long now = System.nanoTime();
    if ((!wasThere || isOverdue(now)) && (!isRaised || now - lookedAtNanos > LOOK_NANOS)) {
      lookedAtNanos = now;
      isRaised = true;
      distress.raise();
      voice.isKnownToBeLost();
    }
  }

  /** Whether nothing that this node said has reached the stream for too long. */
  boolean isOverdue(long nowNanos) {
    return nowNanos - thereAtNanos > patience.toNanos() / 2;
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
