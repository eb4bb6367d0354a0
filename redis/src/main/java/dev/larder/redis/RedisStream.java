package dev.larder.redis;

import dev.larder.jdbc.internal.transport.MessageStream;
import dev.larder.jdbc.internal.transport.StreamEntry;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.XTrimArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a Redis server or cluster, over two connections: one waits for what comes, the
 * other sends. Reading is for one thread; sending is thread-safe.
 */
final class RedisStream implements MessageStream {

  /*
   * Lettuce must not reconnect by itself: it would send again what was under way, behind what was
   * sent since. A connection that is lost stays lost, and so does what was sent on it.
   */

  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final int READ_BLOCK_MILLIS = 20;
  private static final long CLOSE_MILLIS = 500;
  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  /** The fields of an entry. */
  private static final String MESSAGE = "m";

  private static final String SIGNATURE = "s";

  /** Redis begins to count behind it. */
  private static final String BEGINNING = "0-0";

  private static final long MOST_ENTRIES = 100_000;

  private final String name;
  private final RedisClient client;
  private final StatefulRedisConnection<String, byte[]> reading;
  private final StatefulRedisConnection<String, byte[]> sending;
  private final RedisCommands<String, byte[]> reader;
  private final RedisAsyncCommands<String, byte[]> sender;
  private volatile boolean broken;

  private RedisStream(
      String name,
      RedisClient client,
      StatefulRedisConnection<String, byte[]> reading,
      StatefulRedisConnection<String, byte[]> sending) {
    this.name = name;
    this.client = client;
    this.reading = reading;
    this.sending = sending;
    this.reader = reading.sync();
    this.sender = sending.async();
  }

  /** Connects, to a cluster where there is more than one URI or the one leads into a cluster. */
  static RedisStream connect(List<RedisURI> uris, String name) {
    for (RedisURI uri : uris) {
      uri.setTimeout(TIMEOUT);
      if (uri.getClientName() == null) {
        uri.setClientName("larder");
      }
    }
    if (uris.size() > 1) {
      return cluster(uris, name);
    }
    RedisStream single = single(uris.get(0), name);
    try {
      if (!single.isOfCluster()) {
        return single;
      }
    } catch (RuntimeException e) {
      single.close();
      throw e;
    }
    single.close();
    return cluster(uris, name);
  }

  private static RedisStream single(RedisURI uri, String name) {
    RedisClient client = RedisClient.create(uri);
    try {
      client.setOptions(
          ClientOptions.builder()
              .autoReconnect(false)
              .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
              .socketOptions(SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
              .timeoutOptions(TimeoutOptions.enabled(TIMEOUT))
              .build());
      StatefulRedisConnection<String, byte[]> reading = client.connect(CODEC);
      StatefulRedisConnection<String, byte[]> sending = client.connect(CODEC);
      return new RedisStream(name, client, reading, sending);
    } catch (RuntimeException e) {
      shutDown(client);
      throw e;
    }
  }

  /**
   * Connects to the node of a cluster that has the stream. If it moves, the node says so, which is
   * an error like any other, and the next connection finds it again.
   */
  private static RedisStream cluster(List<RedisURI> uris, String name) {
    RedisClusterClient client = RedisClusterClient.create(uris);
    RedisClusterNode node;
    try {
      client.setOptions(
          ClusterClientOptions.builder()
              .socketOptions(SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
              .timeoutOptions(TimeoutOptions.enabled(TIMEOUT))
              .build());
      client.refreshPartitions();
      node = client.getPartitions().getMasterBySlot(SlotHash.getSlot(name));
    } finally {
      shutDown(client);
    }
    if (node == null) {
      throw new RedisException("no node of the cluster has the stream");
    }
    return single(node.getUri(), name);
  }

  private boolean isOfCluster() {
    return reader.info("cluster").contains("cluster_enabled:1");
  }

  @Override
  public List<StreamEntry> past(@Nullable String after, int most) {
    Range.Boundary<String> from =
        after == null ? Range.Boundary.unbounded() : Range.Boundary.excluding(after);
    return entries(
        reader.xrange(name, Range.from(from, Range.Boundary.unbounded()), Limit.from(most)));
  }

  @Override
  @SuppressWarnings("unchecked")
  public List<StreamEntry> read(@Nullable String after, int most) {
    return entries(
        reader.xread(
            XReadArgs.Builder.block(READ_BLOCK_MILLIS).count(most),
            StreamOffset.from(name, after == null ? BEGINNING : after)));
  }

  private static List<StreamEntry> entries(@Nullable List<StreamMessage<String, byte[]>> messages) {
    return messages == null ? List.of() : messages.stream().map(RedisStream::entry).toList();
  }

  private static StreamEntry entry(StreamMessage<String, byte[]> message) {
    Map<String, byte[]> body = message.getBody();
    return body == null
        ? new StreamEntry(message.getId(), null, null)
        : new StreamEntry(message.getId(), body.get(MESSAGE), body.get(SIGNATURE));
  }

  @Override
  public Future<?> send(byte[] message, byte[] signature) {
    return sender.xadd(
        name,
        XAddArgs.Builder.maxlen(MOST_ENTRIES).approximateTrimming(),
        Map.of(MESSAGE, message, SIGNATURE, signature));
  }

  @Override
  public void trim(String newest, Duration age) {
    // An id begins with the server's clock in milliseconds.
    long oldest = Long.parseLong(newest.substring(0, newest.indexOf('-'))) - age.toMillis();
    if (oldest > 0) {
      var unused = sender.xtrim(name, XTrimArgs.Builder.minId(oldest + "-0").approximateTrimming());
    }
  }

  @Override
  public void markBroken() {
    broken = true;
  }

  @Override
  public boolean isBroken() {
    return broken || !reading.isOpen() || !sending.isOpen();
  }

  @Override
  public void close() {
    broken = true;
    shutDown(client);
  }

  private static void shutDown(AbstractRedisClient client) {
    try {
      client.shutdown(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RuntimeException e) {
      // It is as closed as it can be.
    }
  }
}
