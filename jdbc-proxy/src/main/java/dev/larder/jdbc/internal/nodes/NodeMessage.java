package dev.larder.jdbc.internal.nodes;

import dev.larder.invalidation.ChangeSet;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What one node tells the others. Immutable and thread-safe.
 *
 * <p>Nodes of different releases share a stream. Version, sender and number are the first bytes of
 * a message in every release; what follows may be {@link NotUnderstood}.
 *
 * @param sender which node, for one life of its data source
 * @param number counts the sender's messages from 1 without a hole; also those that could not be
 *     sent, so that a hole is seen
 */
record NodeMessage(UUID sender, long number, Content content) {

  private static final byte VERSION = 1;
  private static final byte INTENT = 1;
  private static final byte DONE = 2;
  private static final byte PULSE = 3;
  private static final byte CHANGED = 4;
  private static final byte FAREWELL = 5;
  private static final byte GIVEN_UP = 6;

  /** A pulse says less about each open commit rather than become larger than this. */
  private static final int LARGEST_PULSE = 1 << 18;

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
  record Pulse(long mark, int intervalMillis, Map<UUID, Long> heard, Map<Long, ChangeSet> open)
      implements Content {
    Pulse {
      heard = Map.copyOf(heard);
      open = Map.copyOf(open);
    }
  }

  /** The sender has ended, with nothing under way, and will write nothing more. */
  record Farewell() implements Content {}

  /**
   * The sender has taken another node for dead, after all the patience that one is due.
   *
   * @param last the number of the last message of it that was heard
   */
  record GivenUp(UUID node, long last) implements Content {}

  /** Something that this release does not know. It may have been about a change. */
  record NotUnderstood() implements Content {}

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
    } else if (content instanceof Pulse pulse) {
      to.single(PULSE);
      write(pulse, to);
    } else if (content instanceof GivenUp givenUp) {
      to.single(GIVEN_UP);
      to.id(givenUp.node);
      to.number(givenUp.last);
    } else if (content instanceof Farewell) {
      to.single(FAREWELL);
    } else {
      throw new IllegalStateException("nobody says what nobody understands");
    }
    return to.toBytes();
  }

  private static void write(Pulse pulse, ByteWriter to) {
    to.number(pulse.mark);
    to.number(pulse.intervalMillis);
    to.number(pulse.heard.size());
    pulse.heard.forEach(
        (node, mark) -> {
          to.id(node);
          to.number(mark.longValue());
        });
    to.number(pulse.open.size());
    pulse.open.forEach(
        (number, changes) -> {
          to.number(number.longValue());
          ScopeCodec.writeTables(
              to.size() < LARGEST_PULSE ? changes : ScopeCodec.whole(changes), to);
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
      return new NotUnderstood();
    }
    try {
      return switch (ByteWriter.single(from)) {
        case INTENT -> new Intent(ScopeCodec.read(from));
        case DONE -> new Done(ByteWriter.longNumber(from));
        case CHANGED -> new Changed(ScopeCodec.read(from));
        case PULSE -> pulse(from);
        case FAREWELL -> new Farewell();
        case GIVEN_UP -> new GivenUp(ByteWriter.id(from), ByteWriter.longNumber(from));
        default -> new NotUnderstood();
      };
    } catch (MalformedMessageException otherwise) {
      return new NotUnderstood();
    }
  }

  private static Pulse pulse(ByteBuffer from) throws MalformedMessageException {
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
    return new Pulse(mark, interval, heard, open);
  }
}
