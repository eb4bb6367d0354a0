package dev.larder.redis;

import dev.larder.jdbc.internal.transport.ValueStore;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Values in a Redis server or cluster, over one connection to each. Thread-safe. */
final class RedisValues implements ValueStore {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final int MOST_WAITING = 1_000;
  private static final long CLOSE_MILLIS = 500;
  private static final String PREFIX = "larder:tier:";

  /** What is gone meanwhile, or is somebody else's by now, stays. */
  private static final byte[] REMOVE_IF_EQUAL =
      """
      if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end
      return 0
      """
          .getBytes(StandardCharsets.US_ASCII);

  private final AbstractRedisClient client;
  private final StatefulConnection<byte[], byte[]> connection;
  private final RedisClusterAsyncCommands<byte[], byte[]> commands;

  private RedisValues(
      AbstractRedisClient client,
      StatefulConnection<byte[], byte[]> connection,
      RedisClusterAsyncCommands<byte[], byte[]> commands) {
    this.client = client;
    this.connection = connection;
    this.commands = commands;
  }

  /** Connects, to a cluster where there is more than one URI or the one leads into a cluster. */
  static RedisValues connect(List<RedisURI> uris, Duration timeout) {
    for (RedisURI uri : uris) {
      // A command that waits to be sent longer than its caller waits for it is of no use.
      uri.setTimeout(CONNECT_TIMEOUT);
      if (uri.getClientName() == null) {
        uri.setClientName("larder-tier");
      }
    }
    if (uris.size() > 1) {
      return cluster(uris, timeout);
    }
    RedisClient client = RedisClient.create(uris.get(0));
    try {
      client.setOptions(
          options(ClientOptions.builder(), timeout)
              .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
              .build());
      StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE);
      if (!connection.sync().info("cluster").contains("cluster_enabled:1")) {
        return new RedisValues(client, connection, connection.async());
      }
    } catch (RuntimeException e) {
      shutDown(client);
      throw e;
    }
    shutDown(client);
    return cluster(uris, timeout);
  }

  private static RedisValues cluster(List<RedisURI> uris, Duration timeout) {
    RedisClusterClient client = RedisClusterClient.create(uris);
    try {
      ClusterClientOptions.Builder options = ClusterClientOptions.builder();
      options.topologyRefreshOptions(
          ClusterTopologyRefreshOptions.builder()
              .enableAdaptiveRefreshTrigger(ClusterTopologyRefreshOptions.RefreshTrigger.values())
              .build());
      // Connections to the nodes are made when they are first needed: until then calls wait.
      options(options, timeout).requestQueueSize(MOST_WAITING);
      client.setOptions(options.build());
      StatefulRedisClusterConnection<byte[], byte[]> connection =
          client.connect(ByteArrayCodec.INSTANCE);
      return new RedisValues(client, connection, connection.async());
    } catch (RuntimeException e) {
      shutDown(client);
      throw e;
    }
  }

  private static ClientOptions.Builder options(ClientOptions.Builder options, Duration timeout) {
    return options
        .socketOptions(SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
        .timeoutOptions(
            TimeoutOptions.builder()
                .timeoutCommands(true)
                .fixedTimeout(timeout.compareTo(CONNECT_TIMEOUT) < 0 ? CONNECT_TIMEOUT : timeout)
                .build());
  }

  private static byte[] key(byte[] name) {
    String text = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(name);
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public CompletionStage<byte @Nullable []> get(byte[] name) {
    return commands.get(key(name));
  }

  @Override
  public CompletionStage<?> put(byte[] name, byte[] value, Duration time) {
    return commands.set(key(name), value, SetArgs.Builder.px(time.toMillis()));
  }

  @Override
  public CompletionStage<Boolean> putIfAbsent(byte[] name, byte[] value, Duration time) {
    return commands
        .set(key(name), value, SetArgs.Builder.nx().px(time.toMillis()))
        .thenApply("OK"::equals);
  }

  @Override
  public CompletionStage<?> remove(byte[] name, byte[] value) {
    return commands.eval(
        REMOVE_IF_EQUAL, ScriptOutputType.INTEGER, new byte[][] {key(name)}, value);
  }

  @Override
  public void close() {
    var unused = connection.closeAsync();
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
