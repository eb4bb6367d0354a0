package dev.larder.jdbc.internal.nodes;

import dev.larder.invalidation.ledger.NodeMoment;
import dev.larder.invalidation.ledger.Reach;
import dev.larder.invalidation.source.ChangeSink;
import dev.larder.invalidation.source.SourceSession;
import dev.larder.jdbc.internal.transport.MessageStream;
import dev.larder.jdbc.internal.transport.StreamEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session of following the stream, over one connection after the other. Used by one thread, but
 * for closing.
 */
final class ClusterSession implements SourceSession {

  /*
   * A connection that is lost is no gap: the next one goes on behind the last entry that was read,
   * and if entries have gone meanwhile, the numbers of the nodes show it. What was lost with the
   * connection shows in the same way at the other nodes. While there is no connection no mark comes
   * back, so the age bound holds; after a while the watch gives the session up.
   *
   * After a failover of the server its clock may be behind, and new entries get ids that lie before
   * the last one that was read. No mark comes back then either.
   */

  private static final Duration RECONNECT_PAUSE = Duration.ofMillis(100);
  private static final int LEAST_INTERVAL_MILLIS = 10;
  private static final int MOST_INTERVAL_MILLIS = 500;
  private static final long TRIM_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MOST_MARKS = 1_000;

  /** How many entries one read takes at most. */
  private static final int MOST_READ = 500;

  /** A mark that was asked for. */
  private record Mark(long number, long own, long askedAtNanos) {}

  private final ClusterSource source;
  private final ClusterMembership membership;
  private final MessageSigner signer;
  private final CommitBroadcaster broadcaster;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private volatile MessageStream stream;
  private volatile boolean closed;
  private @Nullable String lastId;
  private boolean opened;
  private boolean isPastTold;
  private long saidAtNanos;
  private long trimmedAtNanos = System.nanoTime();
  private long triedAtNanos;
  private long connectedAtNanos = System.nanoTime();

  ClusterSession(
      ClusterSource source,
      MessageStream stream,
      ClusterMembership membership,
      MessageSigner signer,
      CommitBroadcaster broadcaster) {
    this.source = source;
    this.stream = stream;
    this.membership = membership;
    this.signer = signer;
    this.broadcaster = broadcaster;
  }

  /**
   * Learns who is there, and what is under way.
   *
   * @param told what has changed before; null for nobody
   */
  void readPast(@Nullable Consumer<PastChanges> told) {
    PastReading reading = told == null ? null : new PastReading();
    List<StreamEntry> past;
    do {
      past = stream.past(lastId, MOST_READ);
      take(past, null, reading);
    } while (isFull(past));
    membership.listenedFrom(System.nanoTime());
    if (told != null && reading != null) {
      told.accept(reading.end());
      isPastTold = true;
    }
  }

  /** A number that everybody has heard: what changed before was told. */
  @Override
  public @Nullable NodeMoment knownSince() {
    return isPastTold ? new NodeMoment(broadcaster.node(), 0) : null;
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
      membership.openAll(sink);
    }
    if (stream.isBroken() && !hasReconnected(sink)) {
      source.lookWhetherIsolated();
      return;
    }
    long began = System.nanoTime();
    List<StreamEntry> read;
    try {
      read = stream.read(lastId, MOST_READ);
    } catch (RuntimeException e) {
      lose(e, sink);
      return;
    }
    take(read, sink, null);
    if (!read.isEmpty()) {
      source.read(membership.lastNumbers());
    }
    if (!isFull(read)) {
      membership.giveUp(sink, began).forEach(broadcaster::tell);
    }
    source.othersHeard(membership.heardAtNanos());
    returnMarks(sink);
    long silent = membership.silentFor(source.maxStaleness(), began);
    sink.warning(
        silent == 0
            ? null
            : silent
                + " other nodes have ended without a farewell or cannot reach "
                + source.transportName()
                + ";"
                + " larder.max-staleness holds until they are back, or have been silent for"
                + " larder.commit.quarantine");
    beHeard(began);
    if (source.isOverdue(began)) {
      source.lookWhetherIsolated();
    }
  }

  private static boolean isFull(List<StreamEntry> read) {
    return read.size() >= MOST_READ;
  }

  private void take(
      List<StreamEntry> entries, @Nullable ChangeSink sink, @Nullable PastReading past) {
    long now = System.nanoTime();
    for (StreamEntry entry : entries) {
      lastId = entry.id();
      byte[] bytes = entry.message();
      byte[] signature = entry.signature();
      try {
        if (bytes == null || signature == null || !signer.isGenuine(bytes, signature)) {
          throw new MalformedMessageException("it was not signed by a node of this cluster");
        }
        NodeMessage message = NodeMessage.parse(bytes);
        source.reads(message.sender(), message.number());
        membership.take(message, sink, now);
        if (past != null) {
          past.take(message);
        }
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
      answered = mark.own <= membership.ownMark() ? mark : answered;
    }
    if (answered != null) {
      sink.answered(answered.number);
      source.wasHeard(answered.askedAtNanos);
    }
    long proven = membership.proven();
    Mark returned = null;
    while (!marks.isEmpty() && marks.element().own <= proven) {
      returned = marks.remove();
    }
    if (returned != null) {
      sink.marked(returned.number);
      if (returned.askedAtNanos - connectedAtNanos > 0) {
        source.isCountedOn();
      }
    }
  }

  @Override
  public void requestMark(long number) {
    if (marks.size() == MOST_MARKS) {
      marks.remove();
    }
    long now = System.nanoTime();
    String newest = lastId;
    marks.add(new Mark(number, say(), now));
    if (now - trimmedAtNanos > TRIM_EVERY_NANOS && newest != null && !stream.isBroken()) {
      trimmedAtNanos = now;
      stream.trim(newest, source.keptFor());
    }
  }

  private long say() {
    saidAtNanos = System.nanoTime();
    Duration fifth = source.maxStaleness().dividedBy(5);
    long wanted = Math.max(LEAST_INTERVAL_MILLIS, fifth.toMillis());
    return broadcaster.heartbeat((int) Math.min(MOST_INTERVAL_MILLIS, wanted), membership.heard());
  }

  /** Another node may be less patient than this one. */
  private void beHeard(long nowNanos) {
    long millis = Math.max(LEAST_INTERVAL_MILLIS, membership.intervalMillis(MOST_INTERVAL_MILLIS));
    if (nowNanos - saidAtNanos > TimeUnit.MILLISECONDS.toNanos(millis)) {
      say();
    }
  }

  private boolean hasReconnected(ChangeSink sink) {
    long now = System.nanoTime();
    if (now - triedAtNanos < RECONNECT_PAUSE.toNanos()) {
      LockSupport.parkNanos(RECONNECT_PAUSE.toNanos() / 5);
      return false;
    }
    triedAtNanos = now;
    broadcaster.stopSendingOver(stream);
    stream.close();
    try {
      MessageStream next = source.open();
      stream = next;
      if (closed) {
        next.close();
        return false;
      }
      connectedAtNanos = System.nanoTime();
      membership.listenedFrom(connectedAtNanos);
      broadcaster.sendOver(next);
      return true;
    } catch (RuntimeException e) {
      lose(e, sink);
      return false;
    }
  }

  private void lose(RuntimeException why, ChangeSink sink) {
    stream.markBroken();
    broadcaster.stopSendingOver(stream);
    if (!closed) {
      sink.warning("the connection to " + source.transportName() + " is lost: " + why.getMessage());
    }
  }

  @Override
  public void close() {
    closed = true;
    broadcaster.stopSendingOver(stream);
    stream.close();
  }
}
