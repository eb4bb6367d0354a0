package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.TierNodes.Node;
import dev.larder.testkit.Databases;
import dev.larder.testkit.RedisServer;
import dev.larder.testkit.TestDatabase;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an answer from the tier takes, and what a bare GET of as many bytes does. */
@Tag("long")
final class TierHitCostTest {

  private static final int TIMES = 4_000;

  @Test
  void aHitAndABareGet() throws Exception {
    RedisServer server = Databases.redis();
    RedisClient client = RedisClient.create("redis://" + server.host() + ":" + server.port());
    try (TestDatabase database = Databases.postgres();
        TierNodes all = TierNodes.over(database, 2)) {
      RedisCommands<byte[], byte[]> redis = client.connect(ByteArrayCodec.INSTANCE).sync();
      Node filler = all.nodes.get(0);
      Node reader = all.nodes.get(1);
      all.forgetValues();
      filler.kept(1);
      byte[] key = redis.keys("larder:tier:*").get(0);
      long[] hits = new long[TIMES];
      long[] gets = new long[TIMES];
      long before = reader.count("hit");
      for (int i = -TIMES; i < TIMES; i++) {
        reader.forget();
        long began = System.nanoTime();
        reader.title(1);
        long read = System.nanoTime();
        byte[] value = redis.get(key);
        long got = System.nanoTime();
        assertThat(value).isNotNull();
        hits[Math.max(0, i)] = read - began;
        gets[Math.max(0, i)] = got - read;
      }
      assertThat(reader.count("hit") - before).isGreaterThan(TIMES);
      System.out.printf(
          "a hit of %d bytes: %.0f us, a bare GET: %.0f us; the quickest tenth: %.0f and %.0f us%n",
          redis.strlen(key), at(hits, 0.5), at(gets, 0.5), at(hits, 0.1), at(gets, 0.1));
    } finally {
      client.shutdown();
    }
  }

  private static double at(long[] nanos, double part) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[(int) (part * sorted.length)] / 1e3;
  }
}
