package dev.larder.jdbc.internal.nodes;

import dev.larder.invalidation.Reach;
import dev.larder.invalidation.source.ChangeSink;
import dev.larder.invalidation.source.SourceSession;
import io.lettuce.core.StreamMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Follows a stream, over one connection after the other. Used by one thread, but for closing. */
final class RedisSession implements SourceSession {

  /*
   * A connection that is lost is no gap: the next one goes on behind the last entry that was read, and if entries have gone
   * meanwhile, the numbers of the nodes show it. What was lost with the connection shows in the same way at the other nodes.
   * While there is no connection no mark comes back, so the age bound holds; after a while the watch gives the session up.
   *
   * After a failover of the server its clock may be behind, and new entries get ids that lie before the last one that was read. No
   * mark comes back then either.
   */

  private static final Duration RECONNECT_PAUSE = Duration.ofMillis(100);
  private static final int LEAST_INTERVAL_MILLIS = 10;
  private static final int MOST_INTERVAL_MILLIS = 500;
  private static final long TRIM_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MOST_MARKS = 1_000;

  /** A mark that was asked for. */
  private record Mark(long number, long own, long askedAtNanos) {}

  private final RedisNodes nodes;
  private final Circle circle;
  private final MessageSeal seal;
  private final NodeVoice voice;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private volatile RedisStream link;
  private volatile boolean closed;
  private String lastId = RedisStream.BEGINNING;
  private boolean opened;
  private long saidAtNanos;
  private long trimmedAtNanos = System.nanoTime();
  private long triedAtNanos;
  private long linkedAtNanos = System.nanoTime();

  RedisSession(
      RedisNodes nodes, RedisStream link, Circle circle, MessageSeal seal, NodeVoice voice) {
    this.nodes = nodes;
    this.link = link;
    this.circle = circle;
    this.seal = seal;
    this.voice = voice;
  }

  /** Learns who is there, and what is under way. */
  void readPast() {
    List<StreamMessage<String, byte[]>> past;
    do {
      past = link.past(lastId);
      take(past, null);
    } while (RedisNodes.isFull(past));
    circle.listenedFrom(System.nanoTime());
  }

  @Override
  public Reach reach() {
    return Reach.EVERY_TABLE;
  }

  @Override
  public void read(ChangeSink sink) throws Exception {
    if (closed) {
      throw new IOException("closed");
    }
    if (!opened) {
      opened = true;
      circle.openAll(sink);
    }
    if (link.isBroken() && !hasReconnected(sink)) {
      nodes.lookWhetherLost();
      return;
    }
    long began = System.nanoTime();
    List<StreamMessage<String, byte[]>> read;
    try {
      read = link.read(lastId);
    } catch (RuntimeException e) {
      lose(e, sink);
      return;
    }
    take(read, sink);
    if (!RedisNodes.isFull(read)) {
      circle.giveUp(sink, began).forEach(voice::tell);
    }
    returnMarks(sink);
    long silent = circle.silentFor(nodes.maxStaleness(), began);
    sink.warning(
        silent == 0
            ? null
            : silent
                + " other nodes have ended without a farewell or cannot reach Redis;"
                + " larder.max-staleness holds until they are back, or have been silent for"
                + " larder.commit.quarantine");
    beHeard(began);
    if (nodes.isOverdue(began)) {
      nodes.lookWhetherLost();
    }
  }

  private void take(List<StreamMessage<String, byte[]>> messages, @Nullable ChangeSink sink) {
    long now = System.nanoTime();
    for (StreamMessage<String, byte[]> message : messages) {
      lastId = message.getId();
      Map<String, byte[]> body = message.getBody();
      byte[] bytes = body == null ? null : body.get(RedisStream.MESSAGE);
      byte[] signature = body == null ? null : body.get(RedisStream.SIGNATURE);
      try {
        if (bytes == null || signature == null || !seal.isGenuine(bytes, signature)) {
          throw new MalformedMessageException("it was not signed by a node of this cluster");
        }
        circle.take(NodeMessage.parse(bytes), sink, now);
      } catch (MalformedMessageException e) {
        if (sink != null) {
          sink.rejected(String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private void returnMarks(ChangeSink sink) {
    Mark answered = null;
    for (Mark mark : marks) {
      answered = mark.own <= circle.ownMark() ? mark : answered;
    }
    if (answered != null) {
      sink.answered(answered.number);
      nodes.wasThere(answered.askedAtNanos);
    }
    long proven = circle.proven();
    Mark returned = null;
    while (!marks.isEmpty() && marks.element().own <= proven) {
      returned = marks.remove();
    }
    if (returned != null) {
      sink.marked(returned.number);
      if (returned.askedAtNanos - linkedAtNanos > 0) {
        nodes.isHeard();
      }
    }
  }

  @Override
  public void requestMark(long number) {
    if (marks.size() == MOST_MARKS) {
      marks.remove();
    }
    long now = System.nanoTime();
    marks.add(new Mark(number, say(), now));
    if (now - trimmedAtNanos > TRIM_EVERY_NANOS && !link.isBroken()) {
      trimmedAtNanos = now;
      trim();
    }
  }

  private long say() {
    saidAtNanos = System.nanoTime();
    Duration fifth = nodes.maxStaleness().dividedBy(5);
    long wanted = Math.max(LEAST_INTERVAL_MILLIS, fifth.toMillis());
    return voice.pulse((int) Math.min(MOST_INTERVAL_MILLIS, wanted), circle.heard());
  }

  /** Another node may be less patient than this one. */
  private void beHeard(long nowNanos) {
    long millis = Math.max(LEAST_INTERVAL_MILLIS, circle.intervalMillis(MOST_INTERVAL_MILLIS));
    if (nowNanos - saidAtNanos > TimeUnit.MILLISECONDS.toNanos(millis)) {
      say();
    }
  }

  /** An id begins with the server's clock in milliseconds. */
  private void trim() {
    long newest = Long.parseLong(lastId.substring(0, lastId.indexOf('-')));
    long oldest = newest - nodes.keptMillis();
    if (oldest > 0) {
      link.trimBefore(oldest + "-0");
    }
  }

  private boolean hasReconnected(ChangeSink sink) {
    long now = System.nanoTime();
    if (now - triedAtNanos < RECONNECT_PAUSE.toNanos()) {
      LockSupport.parkNanos(RECONNECT_PAUSE.toNanos() / 5);
      return false;
    }
    triedAtNanos = now;
    voice.leave(link);
    link.close();
    try {
      RedisStream next = nodes.open();
      link = next;
      if (closed) {
        next.close();
        return false;
      }
      linkedAtNanos = System.nanoTime();
      circle.listenedFrom(linkedAtNanos);
      voice.speakThrough(next);
      return true;
    } catch (RuntimeException e) {
      lose(e, sink);
      return false;
    }
  }

  private void lose(RuntimeException why, ChangeSink sink) {
    link.broken();
    voice.leave(link);
    if (!closed) {
      sink.warning("the connection to Redis is lost: " + why.getMessage());
    }
  }

  @Override
  public void close() {
    closed = true;
    voice.leave(link);
    link.close();
  }
}
