package dev.larder.jdbc.internal.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.nodes.NodeMessage.Changed;
import dev.larder.jdbc.internal.nodes.NodeMessage.Content;
import dev.larder.jdbc.internal.nodes.NodeMessage.Done;
import dev.larder.jdbc.internal.nodes.NodeMessage.Farewell;
import dev.larder.jdbc.internal.nodes.NodeMessage.GivenUp;
import dev.larder.jdbc.internal.nodes.NodeMessage.Intent;
import dev.larder.jdbc.internal.nodes.NodeMessage.Pulse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Messages as bytes: what was written is read, and what is no message is told from one. */
class NodeMessageTest {

  private static final ChangeSet ALL_KINDS =
      new ChangeSet(
          Set.of(
              Scope.EVERYTHING,
              Scope.DEFINITIONS,
              new Scope.Table(new TableName("", "bücher")),
              new Scope.Table(new TableName("a.b", "c")),
              new Scope.Tag("catalog")));

  private static final List<Content> CONTENTS =
      List.of(
          new Intent(ALL_KINDS),
          new Changed(ChangeSet.NOTHING),
          new Done(7),
          new Pulse(3, 50, Map.of(UUID.randomUUID(), 9L), Map.of(4L, ALL_KINDS)),
          new GivenUp(UUID.randomUUID(), 5),
          new Farewell());

  @Test
  void whatWasWrittenIsRead() throws MalformedMessageException {
    for (Content content : CONTENTS) {
      NodeMessage message = new NodeMessage(UUID.randomUUID(), 12, content);
      assertThat(NodeMessage.parse(message.toBytes())).isEqualTo(message);
    }
  }

  @Test
  void aKindOfScopeThatIsNotKnownIsEverything() throws MalformedMessageException {
    ByteWriter later = new ByteWriter();
    later.number(2);
    later.single((byte) 99);
    later.bytes(new byte[] {1, 2, 3});
    later.single((byte) 3);
    ByteWriter tag = new ByteWriter();
    tag.text("catalog");
    later.bytes(tag.toBytes());
    assertThat(ScopeCodec.read(ByteBuffer.wrap(later.toBytes())))
        .isEqualTo(new ChangeSet(Set.of(Scope.EVERYTHING, new Scope.Tag("catalog"))));
  }

  @Test
  void whatIsTooMuchForAMessageIsEverything() throws MalformedMessageException {
    Set<Scope> many = new LinkedHashSet<>();
    for (int i = 0; i < 5_000; i++) {
      many.add(new Scope.Table(new TableName("public", "t" + i)));
    }
    ByteWriter to = new ByteWriter();
    ScopeCodec.write(new ChangeSet(many), to);
    assertThat(ScopeCodec.read(ByteBuffer.wrap(to.toBytes()))).isEqualTo(ChangeSet.EVERYTHING);
  }

  @Test
  void whatWasDamagedIsReadOrRefusedAndNothingElse() {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    System.out.println("larder.test.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      Content content = CONTENTS.get(random.nextInt(CONTENTS.size()));
      byte[] bytes = new NodeMessage(UUID.randomUUID(), 12, content).toBytes();
      byte[] damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length + 10));
      for (int hits = random.nextInt(4); hits > 0 && damaged.length > 0; hits--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        NodeMessage.parse(damaged);
      } catch (MalformedMessageException refused) {
        assertThat(refused).hasMessageNotContaining("\n");
      }
    }
    assertThatThrownBy(() -> NodeMessage.parse(new byte[0]))
        .isInstanceOf(MalformedMessageException.class);
  }
}
