package dev.larder.redis;

import static dev.larder.jdbc.internal.source.Elsewhere.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.internal.transport.MessageStream;
import dev.larder.jdbc.internal.transport.StreamEntry;
import dev.larder.jdbc.internal.transport.StreamTransports;
import dev.larder.testkit.Databases;
import dev.larder.testkit.RedisServer;
import dev.larder.testkit.Relay;
import io.lettuce.core.RedisClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a stream promises to the nodes that meet there. */
class RedisStreamTest {

  private static final byte[] SIGNATURE = {1};

  private final String name = "larder:{" + UUID.randomUUID() + "}";
  private final RedisTransport transport = new RedisTransport();

  private static String uri() {
    RedisServer redis = Databases.redis();
    return "redis://" + redis.host() + ":" + redis.port();
  }

  private MessageStream connect() {
    return transport.connect(List.of(uri()), name);
  }

  private static void send(MessageStream stream, String message) throws Exception {
    stream.send(message.getBytes(StandardCharsets.UTF_8), SIGNATURE).get(5, TimeUnit.SECONDS);
  }

  private static List<String> texts(List<StreamEntry> entries) {
    return entries.stream()
        .map(entry -> new String(entry.message(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void itIsFoundAsAService() {
    assertThat(StreamTransports.find()).containsInstanceOf(RedisTransport.class);
    assertThat(StreamTransports.problem(List.of("redis://a:1", "redis://b:1"))).isEmpty();
    assertThat(StreamTransports.problem(List.of("redis://a:1", "http://a:1")))
        .contains("Redis's client does not take it as a URI");
  }

  @Test
  void everybodyReadsWhatWasSentInTheOrderInWhichItWasSent() throws Exception {
    List<String> sent = IntStream.range(0, 25).mapToObj(i -> "m" + i).toList();
    try (MessageStream one = connect();
        MessageStream two = connect()) {
      assertThat(two.past(null, 10)).isEmpty();
      assertThat(two.read(null, 10)).as("waits a little and gives nothing").isEmpty();
      for (String message : sent) {
        send(one, message);
      }
      assertThat(texts(two.past(null, 100))).isEqualTo(sent);
      assertThat(texts(one.read(null, 100))).isEqualTo(sent);
      List<String> pages = new ArrayList<>();
      List<StreamEntry> page = two.past(null, 10);
      while (!page.isEmpty()) {
        pages.addAll(texts(page));
        page = two.past(page.get(page.size() - 1).id(), 10);
      }
      assertThat(pages).isEqualTo(sent);
    }
  }

  @Test
  void anEntryThatNoNodeWroteIsReadAsOne() throws Exception {
    RedisClient client = RedisClient.create(uri());
    try (MessageStream stream = connect();
        var connection = client.connect()) {
      connection.sync().xadd(name, Map.of("other", "garbage"));
      StreamEntry found = stream.past(null, 1).get(0);
      assertThat(found.message()).isNull();
      assertThat(found.signature()).isNull();
      send(stream, "ours");
      StreamEntry next = stream.read(found.id(), 1).get(0);
      assertThat(next.message()).asString(StandardCharsets.UTF_8).isEqualTo("ours");
      assertThat(next.signature()).isEqualTo(SIGNATURE);
    } finally {
      client.shutdown();
    }
  }

  @Test
  void whatIsOldIsLetGoOf() throws Exception {
    try (MessageStream stream = connect()) {
      for (int i = 0; i < 300; i++) {
        send(stream, "old");
      }
      TimeUnit.MILLISECONDS.sleep(20);
      send(stream, "new");
      List<StreamEntry> all = stream.past(null, 1_000);
      String newest = all.get(all.size() - 1).id();
      stream.trim(newest, Duration.ofHours(1));
      stream.trim(newest, Duration.ofMillis(10));
      until("most are gone", () -> stream.past(null, 1_000).size() < 200);
      assertThat(texts(stream.past(null, 1_000))).endsWith("new");
    }
  }

  @Test
  void aConnectionThatIsLostStaysLost() throws Exception {
    RedisServer redis = Databases.redis();
    try (Relay relay = Relay.to(redis.host(), redis.port());
        MessageStream stream =
            transport.connect(List.of("redis://127.0.0.1:" + relay.port()), name)) {
      send(stream, "before");
      assertThat(stream.isBroken()).isFalse();
      relay.cut();
      until("it shows", stream::isBroken);
      assertThatThrownBy(() -> stream.read(null, 1)).isInstanceOf(RuntimeException.class);
      Future<?> sent = stream.send(new byte[] {1}, SIGNATURE);
      assertThatThrownBy(() -> sent.get(5, TimeUnit.SECONDS)).isInstanceOf(Exception.class);
      try (MessageStream next =
          transport.connect(List.of("redis://127.0.0.1:" + relay.port()), name)) {
        assertThat(texts(next.past(null, 10))).containsExactly("before");
      }
      assertThat(stream.isBroken()).isTrue();
    }
  }

  @Test
  void oneThatLostAMessageIsBroken() {
    try (MessageStream stream = connect()) {
      stream.markBroken();
      assertThat(stream.isBroken()).isTrue();
    }
  }
}
