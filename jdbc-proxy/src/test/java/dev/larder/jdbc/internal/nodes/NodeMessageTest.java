package dev.larder.jdbc.internal.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.nodes.NodeMessage.Changed;
import dev.larder.jdbc.internal.nodes.NodeMessage.Content;
import dev.larder.jdbc.internal.nodes.NodeMessage.DeclaredDead;
import dev.larder.jdbc.internal.nodes.NodeMessage.Done;
import dev.larder.jdbc.internal.nodes.NodeMessage.Heartbeat;
import dev.larder.jdbc.internal.nodes.NodeMessage.Intent;
import dev.larder.jdbc.internal.nodes.NodeMessage.Leaving;
import dev.larder.jdbc.internal.nodes.NodeMessage.UnknownContent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Messages as bytes: what was written is read, and what is no message is told from one. */
class NodeMessageTest {

  /** Version, sender and number. */
  private static final int HEADER_BYTES = 1 + 3 * Long.BYTES;

  private static final TableName BOOK = new TableName("public", "book");
  private static final TableName LOAN = new TableName("public", "loan");

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
          new Intent(ChangeSet.ofRows(BOOK, told(Map.of("id", Set.of(7)), Set.of("title")))),
          new Changed(ChangeSet.NOTHING),
          new Done(7),
          new Heartbeat(3, 50, Map.of(UUID.randomUUID(), 9L), Map.of(4L, ALL_KINDS)),
          new DeclaredDead(UUID.randomUUID(), 5),
          new Leaving());

  @Test
  void whatWasWrittenIsRead() throws MalformedMessageException {
    for (Content content : CONTENTS) {
      NodeMessage message = new NodeMessage(UUID.randomUUID(), 12, content);
      assertThat(NodeMessage.parse(message.toBytes())).isEqualTo(message);
    }
  }

  @Test
  void rowsAreToldByAPartOfTheirHashes() throws MalformedMessageException {
    int hash = 0x12345678;
    RowChange rows = new RowChange(Map.of("id", Set.of(hash), "k", Set.of(1, 2)), Set.of("n", "k"));
    RowChange told = told(Map.of("id", Set.of(hash & 0x1FFF), "k", Set.of(1, 2)), Set.of("n", "k"));
    assertThat(written(ChangeSet.ofRows(BOOK, rows))).isEqualTo(ChangeSet.ofRows(BOOK, told));
    RowChange come = told(Map.of("id", Set.of()), null);
    assertThat(written(ChangeSet.ofRows(BOOK, come))).isEqualTo(ChangeSet.ofRows(BOOK, come));
    RowChange assigned = told(Map.of(), Set.of());
    assertThat(written(ALL_KINDS.plus(ChangeSet.ofRows(BOOK, assigned))))
        .isEqualTo(ALL_KINDS.plus(ChangeSet.ofRows(BOOK, assigned)));
  }

  @Test
  void rowsThatOnlyComeAreToldAsSuch() throws MalformedMessageException {
    Map<String, Set<Integer>> author = Map.of("author", Set.of(1));
    ChangeSet added = ChangeSet.ofRows(BOOK, new RowChange(author, null, null, true, true));
    assertThat(written(added)).isEqualTo(added);
    assertThat(written(ChangeSet.ofRows(BOOK, told(author, null)))).isNotEqualTo(added);
  }

  @Test
  void whatWouldMakeAMessageLargeIsTheWholeTable() throws MalformedMessageException {
    Set<Integer> many = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      many.add(i);
    }
    ChangeSet few = ChangeSet.ofRows(BOOK, told(Map.of("id", Set.of(1)), null));
    ChangeSet large = ChangeSet.ofRows(LOAN, told(Map.of("id", many), null));
    assertThat(written(large)).isEqualTo(ChangeSet.ofTables(Set.of(LOAN)));
    assertThat(written(large.plus(few))).isEqualTo(few.plus(ChangeSet.ofTables(Set.of(LOAN))));
    Heartbeat heartbeat = new Heartbeat(3, 50, Map.of(), Map.of(4L, few));
    assertThat(read(new NodeMessage(UUID.randomUUID(), 12, heartbeat).toBytes()))
        .isEqualTo(new Heartbeat(3, 50, Map.of(), Map.of(4L, ChangeSet.ofTables(Set.of(BOOK)))));
  }

  /** Rows as another node knows them. */
  private static RowChange told(Map<String, Set<Integer>> values, @Nullable Set<String> assigned) {
    return new RowChange(values, assigned, null, !values.isEmpty(), false);
  }

  /** Behind a table's name: the rules of hashes, how many bits of them, columns, values. */
  @Test
  void rowsToldByOtherRulesAreTheWholeTable() {
    RowChange rows = told(Map.of("id", Set.of(1)), Set.of("n"));
    byte[] told = RowCodec.toBytes(rows);
    assertThat(RowCodec.read(ByteBuffer.wrap(told))).isEqualTo(rows);
    for (int place : new int[] {1, 3}) {
      byte[] other = told.clone();
      other[place]--;
      assertThat(RowCodec.read(ByteBuffer.wrap(other))).isEqualTo(RowChange.ANY);
    }
    for (int length : new int[] {0, 3, told.length - 1, told.length + 1}) {
      byte[] other = Arrays.copyOf(told, length);
      assertThat(RowCodec.read(ByteBuffer.wrap(other))).isEqualTo(RowChange.ANY);
    }
  }

  @Test
  void aTableThatIsNamedTwiceIsWhole() throws MalformedMessageException {
    ByteWriter to = new ByteWriter();
    ScopeCodec.write(ChangeSet.ofRows(BOOK, told(Map.of("id", Set.of(1)), null)), to);
    byte[] once = to.toBytes();
    ByteWriter twice = new ByteWriter();
    twice.number(2);
    twice.raw(Arrays.copyOfRange(once, Integer.BYTES, once.length));
    twice.raw(Arrays.copyOfRange(once, Integer.BYTES, once.length));
    assertThat(ScopeCodec.read(ByteBuffer.wrap(twice.toBytes())))
        .isEqualTo(ChangeSet.ofTables(Set.of(BOOK)));
  }

  @Test
  void ofAnotherReleaseSenderAndNumberAreReadAndNothingElse() throws MalformedMessageException {
    NodeMessage message = new NodeMessage(UUID.randomUUID(), 12, new Done(7));
    NodeMessage notUnderstood = new NodeMessage(message.sender(), 12, new UnknownContent());
    byte[] bytes = message.toBytes();
    for (int place : new int[] {0, HEADER_BYTES}) {
      byte[] later = bytes.clone();
      later[place] = 99;
      assertThat(NodeMessage.parse(later)).isEqualTo(notUnderstood);
    }
    byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
    assertThat(NodeMessage.parse(shorter)).isEqualTo(notUnderstood);
  }

  private static ChangeSet written(ChangeSet changes) throws MalformedMessageException {
    return ((Intent) read(new NodeMessage(UUID.randomUUID(), 12, new Intent(changes)).toBytes()))
        .changes();
  }

  private static Content read(byte[] message) throws MalformedMessageException {
    return NodeMessage.parse(message).content();
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
