package dev.larder.jdbc.internal.nodes;

import dev.larder.invalidation.ChangeSet;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A message from one node to the others. Immutable and thread-safe.
 *
 * <p>Nodes of different releases share a stream. Version, sender and number are the first bytes of
 * a message in every release; what follows may be {@link UnknownContent}.
 *
 * @param sender which node, for one life of its data source
 * @param number counts the sender's messages from 1 without a hole; also those that could not be
 *     sent, so that a hole is seen
 */
record NodeMessage(UUID sender, long number, Content content) {

  private static final byte VERSION = 1;
  private static final byte INTENT = 1;
  private static final byte DONE = 2;
  private static final byte HEARTBEAT = 3;
  private static final byte CHANGED = 4;
  private static final byte LEAVING = 5;
  private static final byte DECLARED_DEAD = 6;

  /** A heartbeat says less about each open commit rather than become larger than this. */
  private static final int LARGEST_HEARTBEAT = 1 << 18;

  /** What it says. */
  sealed interface Content {}

  /** A commit is about to be sent. */
  record Intent(ChangeSet changes) implements Content {}

  /** The commit that the message with that number announced is over. */
  record Done(long intent) implements Content {}

  /** A change that every read sees already. */
  record Changed(ChangeSet changes) implements Content {}

  /**
   * A sign of life.
   *
   * @param mark the sender's own, which counts up
   * @param intervalMillis how often it would like to hear from the others
   * @param heard the last mark of each node that the sender knows of; 0 before the first
   * @param open every commit of the sender that is under way, by the number of its intent; of its
   *     tables all rows are told, so as to be short: they matter to who has missed the intent
   */
  record Heartbeat(long mark, int intervalMillis, Map<UUID, Long> heard, Map<Long, ChangeSet> open)
      implements Content {
    Heartbeat {
      heard = Map.copyOf(heard);
      open = Map.copyOf(open);
    }
  }

  /** The sender has ended, with nothing under way, and will write nothing more. */
  record Leaving() implements Content {}

  /**
   * The sender has taken another node for dead, after all the patience that one is due.
   *
   * @param last the number of the last message of it that was heard
   */
  record DeclaredDead(UUID node, long last) implements Content {}

  /** Something that this release does not know. It may have been about a change. */
  record UnknownContent() implements Content {}

  byte[] toBytes() {
    ByteWriter to = new ByteWriter();
    to.single(VERSION);
    to.id(sender);
    to.number(number);
    if (content instanceof Intent intent) {
      to.single(INTENT);
      ScopeCodec.write(intent.changes, to);
    } else if (content instanceof Done done) {
      to.single(DONE);
      to.number(done.intent);
    } else if (content instanceof Changed changed) {
      to.single(CHANGED);
      ScopeCodec.write(changed.changes, to);
    } else if (content instanceof Heartbeat heartbeat) {
      to.single(HEARTBEAT);
      write(heartbeat, to);
    } else if (content instanceof DeclaredDead declaredDead) {
      to.single(DECLARED_DEAD);
      to.id(declaredDead.node);
      to.number(declaredDead.last);
    } else if (content instanceof Leaving) {
      to.single(LEAVING);
    } else {
      throw new IllegalStateException("nobody says what nobody understands");
    }
    return to.toBytes();
  }

  private static void write(Heartbeat heartbeat, ByteWriter to) {
    to.number(heartbeat.mark);
    to.number(heartbeat.intervalMillis);
    to.number(heartbeat.heard.size());
    heartbeat.heard.forEach(
        (node, mark) -> {
          to.id(node);
          to.number(mark.longValue());
        });
    to.number(heartbeat.open.size());
    heartbeat.open.forEach(
        (number, changes) -> {
          to.number(number.longValue());
          ScopeCodec.writeTables(
              to.size() < LARGEST_HEARTBEAT ? changes : ScopeCodec.whole(changes), to);
        });
  }

  /**
   * @throws MalformedMessageException where it cannot even be told which node's which message it is
   */
  static NodeMessage parse(byte[] bytes) throws MalformedMessageException {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    byte version = ByteWriter.single(from);
    UUID sender = ByteWriter.id(from);
    long number = ByteWriter.longNumber(from);
    if (number <= 0) {
      throw new MalformedMessageException("its number is none");
    }
    return new NodeMessage(sender, number, content(version, from));
  }

  private static Content content(byte version, ByteBuffer from) {
    if (version != VERSION) {
      return new UnknownContent();
    }
    try {
      return switch (ByteWriter.single(from)) {
        case INTENT -> new Intent(ScopeCodec.read(from));
        case DONE -> new Done(ByteWriter.longNumber(from));
        case CHANGED -> new Changed(ScopeCodec.read(from));
        case HEARTBEAT -> heartbeat(from);
        case LEAVING -> new Leaving();
        case DECLARED_DEAD -> new DeclaredDead(ByteWriter.id(from), ByteWriter.longNumber(from));
        default -> new UnknownContent();
      };
    } catch (MalformedMessageException otherwise) {
      return new UnknownContent();
    }
  }

  private static Heartbeat heartbeat(ByteBuffer from) throws MalformedMessageException {
    long mark = ByteWriter.longNumber(from);
    int interval = ByteWriter.number(from);
    Map<UUID, Long> heard = new TreeMap<>();
    for (int left = ByteWriter.count(from, 3 * Long.BYTES); left > 0; left--) {
      heard.put(ByteWriter.id(from), ByteWriter.longNumber(from));
    }
    Map<Long, ChangeSet> open = new TreeMap<>();
    for (int left = ByteWriter.count(from, Long.BYTES + Integer.BYTES); left > 0; left--) {
      open.put(ByteWriter.longNumber(from), ScopeCodec.read(from));
    }
    return new Heartbeat(mark, interval, heard, open);
  }
}
