package dev.larder.redis;

import static dev.larder.jdbc.internal.source.Elsewhere.until;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.nodes.NodePosition;
import dev.larder.redis.TierNodes.Node;
import dev.larder.testkit.Databases;
import dev.larder.testkit.RedisServer;
import dev.larder.testkit.TestDatabase;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import net.bytebuddy.matcher.ElementMatchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The rule by which an answer of another node may be used, with one of its sentences left out each
 * time: an old answer is then used, and with the rule it is not.
 */
@SuppressWarnings(
    "UnusedVariable") // What an advice assigns is read by the code that it is part of.
final class TierMutantsTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private static final String TIER = "dev.larder.jdbc.internal.tier.";
  private static final String DRIVER = "dev.larder.jdbc.internal.session.SessionBaseline$Driver";
  private static final String PAST = "dev.larder.jdbc.internal.nodes.PastChanges";

  private final TestDatabase database = Databases.h2();
  private final RedisServer server = Databases.redis();
  private final RedisClient client =
      RedisClient.create("redis://" + server.host() + ":" + server.port());
  private final RedisCommands<byte[], byte[]> redis =
      client.connect(ByteArrayCodec.INSTANCE).sync();
  private boolean forgetsTheStream;

  @AfterEach
  void end() {
    client.shutdown();
    database.close();
  }

  private static AsmVisitorWrapper in(String method, Class<?> advice) {
    return Advice.to(advice).on(named(method));
  }

  private static Map<String, List<AsmVisitorWrapper>> mutant(
      String type, AsmVisitorWrapper change) {
    return Map.of(type, List.of(change));
  }

  /** What a node answers for whom the value of before a change is put back after it. */
  private String anOldValue(
      Map<String, List<AsmVisitorWrapper>> ofFiller, Map<String, List<AsmVisitorWrapper>> ofReader)
      throws Exception {
    TierNodes.shelve(database);
    try (TierNodes all = new TierNodes(database)) {
      Node filler = all.open(ofFiller);
      Node reader = all.open(ofReader);
      all.meet();
      filler.kept(1);
      Map<byte[], byte[]> old = values();
      filler.write("update book set title = 'v1' where id = 1");
      all.settle();
      old.forEach(redis::set);
      return reader.title(1);
    }
  }

  /** What is said from now on is all that a node finds there that starts. */
  private void forgetTheStream() {
    Map<byte[], Long> lengths = new HashMap<>();
    for (byte[] key : redis.keys("larder:*")) {
      if (redis.type(key).equals("stream")) {
        lengths.put(key, redis.xlen(key));
      }
    }
    // Two messages more: a sign of life came behind all that the write had to say.
    until(
        "it has said all",
        () ->
            lengths.entrySet().stream()
                .anyMatch(each -> redis.xlen(each.getKey()) >= each.getValue() + 2));
    lengths.keySet().forEach(key -> redis.xtrim(key, 0));
  }

  private Map<byte[], byte[]> values() {
    Map<byte[], byte[]> all = new HashMap<>();
    for (byte[] key : redis.keys("larder:tier:*")) {
      byte[] value = redis.get(key);
      if (value != null) {
        all.put(key, value);
      }
    }
    return all;
  }

  @Test
  void withTheWholeRuleNothingOldIsUsed() throws Exception {
    assertThat(anOldValue(Map.of(), Map.of())).isEqualTo("v1");
  }

  @Test
  void theReaderMustAskItself() throws Exception {
    assertThat(
            anOldValue(Map.of(), mutant(TIER + "HeardChanges", in("objection", NoObjection.class))))
        .isEqualTo("v0");
  }

  @Test
  void thePositionMustBeThatOfTheFiller() throws Exception {
    assertThat(
            anOldValue(
                Map.of(),
                mutant(
                    "dev.larder.jdbc.internal.nodes.NodePosition",
                    Advice.to(Everything.class)
                        .on(named("of").and(ElementMatchers.takesArguments(1))))))
        .isEqualTo("v0");
  }

  @Test
  void thePositionMustBeTakenBeforeTheQuery() throws Exception {
    assertThat(
            anOldValue(
                mutant(
                    TIER + "TierValue", Advice.to(Later.class).on(ElementMatchers.isConstructor())),
                Map.of()))
        .isEqualTo("v0");
  }

  @Test
  void theFootprintMustBeWhole() throws Exception {
    assertThat(
            anOldValue(
                Map.of(),
                mutant(
                    "dev.larder.jdbc.internal.eligibility.CacheableRead",
                    Advice.to(No.class)
                        .on(named("isMetBy").and(ElementMatchers.returns(boolean.class))))))
        .isEqualTo("v0");
  }

  /** Changes of which a node does not hear have to be changes of everything. */
  @Test
  void whatChangedBeforeANodeListenedMustCount() throws Exception {
    assertThat(aNewNode(Map.of())).isEqualTo("v1");
    database.execute("drop table book");
    assertThat(aNewNode(mutant(TIER + "HeardChanges", in("objection", NoObjection.class))))
        .isEqualTo("v0");
  }

  /** A node that starts looks at what the stream says of the time before. */
  @Test
  void whatTheStreamSaysOfBeforeMustCount() throws Exception {
    assertThat(aNewNode(mutant(PAST, in("isMetSince", No.class)))).isEqualTo("v0");
  }

  /**
   * What changed before that is not known to anybody who starts. No mutant shows it: the hole in
   * the numbers of those who speak counts as a change of everything as well.
   */
  @Test
  void whatTheStreamHoldsNoMoreCounts() throws Exception {
    forgetsTheStream = true;
    assertThat(aNewNode(Map.of())).isEqualTo("v1");
  }

  /** What a node answers that came when the value of before a change had been put back. */
  private String aNewNode(Map<String, List<AsmVisitorWrapper>> changes) throws Exception {
    TierNodes.shelve(database);
    try (TierNodes all = new TierNodes(database)) {
      all.forgetValues();
      Node filler = all.open();
      all.meet();
      filler.kept(1);
      Map<byte[], byte[]> old = values();
      filler.write("update book set title = 'v1' where id = 1");
      if (forgetsTheStream) {
        forgetTheStream();
      }
      Node fresh = all.open(changes);
      all.meet();
      // A node that starts may ask the database at first; what it believes shows by and by.
      long end = System.nanoTime() + (changes.isEmpty() ? 1 : 20) * SECOND;
      String title;
      do {
        old.forEach(redis::set);
        fresh.forget();
        title = fresh.title(1);
      } while (title.equals("v1") && System.nanoTime() - end < 0);
      return title;
    }
  }

  /** Nodes that have another driver, or ask another run of the server, share no values. */
  @Test
  void theDriversReleaseAndTheRunOfTheServerMustBeInTheKey() throws Exception {
    AsmVisitorWrapper otherRelease = in("version", OtherRelease.class);
    AsmVisitorWrapper otherRun = in("serverIs", OtherRun.class);
    assertThat(isShared(Map.of())).isTrue();
    assertThat(isShared(mutant(DRIVER, otherRelease))).isFalse();
    assertThat(isShared(mutant(TIER + "SecondTier", otherRun))).isFalse();
  }

  /** Whether what one node keeps is found by another that is changed. */
  private boolean isShared(Map<String, List<AsmVisitorWrapper>> changes) throws Exception {
    database.execute("drop table if exists book");
    TierNodes.shelve(database);
    try (TierNodes all = new TierNodes(database)) {
      all.forgetValues();
      Node filler = all.open();
      Node reader = all.open(changes);
      all.meet();
      filler.kept(1);
      long asked = reader.count("hit") + reader.count("absent");
      until(
          "it looks there",
          () -> {
            reader.forget();
            assertThat(reader.title(1)).isEqualTo("v0");
            return reader.count("hit") + reader.count("absent") > asked;
          });
      return reader.count("hit") > 0;
    }
  }

  /** A look at the stamp after the value is there: a change may come while it is fetched. */
  @Test
  void theStampMustBeLookedAtOnceMore() throws Exception {
    TierNodes.shelve(database);
    try (TierNodes all = new TierNodes(database)) {
      Node filler = all.open();
      Node reader = all.open(mutant(TIER + "HeardChanges", in("objection", PauseAfter.class)));
      all.meet();
      filler.kept(1);
      Thread reading =
          new Thread(
              () -> {
                try {
                  reader.title(1);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      reading.start();
      // While the reader has found nothing against the value, it changes.
      filler.write("update book set title = 'v1' where id = 1");
      reading.join();
      until("it has heard", () -> reader.title(1).equals("v1"));
    }
  }

  /** Nothing is ever against a value. */
  static final class NoObjection {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object objection) {
      objection = null;
    }
  }

  /** Whoever filled has heard everything. */
  static final class Everything {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) long number) {
      number = Long.MAX_VALUE;
    }
  }

  /** Nothing meets a footprint. */
  static final class No {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) boolean answer) {
      answer = false;
    }
  }

  /** The driver is of a release that nobody else has. */
  static final class OtherRelease {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) String version) {
      version = version + " patched";
    }
  }

  /** The server was started at another time. */
  static final class OtherRun {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 0, readOnly = false) long start) {
      start = start + 1;
    }
  }

  /** The filler says that it had heard what will be said long after its query. */
  static final class Later {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 0, readOnly = false) NodePosition position) {
      Map<UUID, Long> later = new HashMap<>();
      for (UUID node : position.numbers().keySet()) {
        later.put(node, position.of(node) + 1_000_000);
      }
      position = new NodePosition(later);
    }
  }

  /** Time passes between the look at what has changed and the look at the stamp. */
  static final class PauseAfter {
    @Advice.OnMethodExit
    static void exit() {
      LockSupport.parkNanos(30_000_000L);
    }
  }
}
