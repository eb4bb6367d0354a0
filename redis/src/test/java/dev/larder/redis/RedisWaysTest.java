package dev.larder.redis;

import static dev.larder.jdbc.internal.source.Elsewhere.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.transport.MessageStream;
import dev.larder.jdbc.internal.transport.ValueStore;
import dev.larder.testkit.Databases;
import dev.larder.testkit.FreePort;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** The ways in which a Redis may be reached: as a cluster, and through TLS. */
@Tag("long")
class RedisWaysTest {

  private static final String KEYS_PASSWORD = "changeit";
  private static final int SLOTS = 16_384;

  private static void assertTheyHearEachOther(String uri) {
    String stream = "larder:{" + UUID.randomUUID() + "}";
    RedisTransport transport = new RedisTransport();
    try (MessageStream one = transport.connect(List.of(uri), stream);
        MessageStream two = transport.connect(List.of(uri), stream)) {
      var unused = one.send(new byte[] {1}, new byte[] {2});
      until("it is heard", () -> !two.read(null, 1).isEmpty());
      var unusedToo = two.send(new byte[] {3}, new byte[] {4});
      until("both are heard", () -> one.read(null, 2).size() == 2);
    }
  }

  private static void assertItKeepsValues(String uri) throws Exception {
    byte[] name = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    Duration time = Duration.ofMinutes(1);
    try (ValueStore store = new RedisTransport().values(List.of(uri), Duration.ofSeconds(5))) {
      assertThat(done(store.get(name))).isNull();
      var unused = done(store.put(name, new byte[] {1, 0, -1}, time));
      assertThat(done(store.get(name))).containsExactly(1, 0, -1);
      assertThat(done(store.putIfAbsent(name, new byte[] {2}, time))).isFalse();
      var still = done(store.remove(name, new byte[] {2}));
      assertThat(done(store.get(name))).isNotNull();
      var gone = done(store.remove(name, new byte[] {1, 0, -1}));
      assertThat(done(store.putIfAbsent(name, new byte[] {3}, time))).isTrue();
      assertThat(done(store.get(name))).containsExactly(3);
    }
  }

  private static <T> T done(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void aClusterIsNoticedByOneOfItsNodes() throws Exception {
    int port = FreePort.next();
    RedisServer server =
        RedisServer.newRedisServer()
            .port(port)
            .setting("cluster-enabled yes")
            .setting("cluster-config-file nodes-" + port + ".conf")
            .setting("save \"\"")
            .build();
    server.start();
    String uri = "redis://127.0.0.1:" + port;
    RedisClient client = RedisClient.create(uri);
    try {
      RedisCommands<String, String> commands = client.connect().sync();
      commands.clusterAddSlots(IntStream.range(0, SLOTS).toArray());
      until("the cluster is up", () -> commands.clusterInfo().contains("cluster_state:ok"));
      assertTheyHearEachOther(uri);
      assertItKeepsValues(uri);
    } finally {
      client.shutdown();
      server.stop();
      Files.deleteIfExists(Path.of("nodes-" + port + ".conf"));
    }
  }

  @Test
  void throughTls(@TempDir Path directory) throws Exception {
    try (ServerSocket listener = tls(keys(directory))) {
      Thread thread = new Thread(() -> relay(listener));
      thread.setDaemon(true);
      thread.start();
      String uri = "rediss://127.0.0.1:" + listener.getLocalPort() + "?verifyPeer=NONE";
      assertTheyHearEachOther(uri);
      assertItKeepsValues(uri);
    }
  }

  private static Path keys(Path directory) throws Exception {
    Path keys = directory.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "redis",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                KEYS_PASSWORD,
                "-keystore",
                keys.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return keys;
  }

  private static ServerSocket tls(Path keys) throws Exception {
    KeyStore store = KeyStore.getInstance(keys.toFile(), KEYS_PASSWORD.toCharArray());
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, KEYS_PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context
        .getServerSocketFactory()
        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** Passes on to the shared server what comes through TLS, and back. */
  private static void relay(ServerSocket listener) {
    var redis = Databases.redis();
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(redis.host(), redis.port());
        copy(client, server);
        copy(server, client);
      } catch (IOException closed) {
        // The test is over, or this one client went away.
      }
    }
  }

  private static void copy(Socket from, Socket to) {
    Thread thread =
        new Thread(
            () -> {
              try (from;
                  to;
                  InputStream in = from.getInputStream();
                  OutputStream out = to.getOutputStream()) {
                byte[] buffer = new byte[8_192];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                  out.write(buffer, 0, n);
                  out.flush();
                }
              } catch (IOException closed) {
                // Both sides are closed now.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
