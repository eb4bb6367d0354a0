package dev.larder.jdbc.internal.nodes;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.ledger.CommitAnnouncer;
import dev.larder.jdbc.internal.nodes.NodeMessage.Changed;
import dev.larder.jdbc.internal.nodes.NodeMessage.Content;
import dev.larder.jdbc.internal.nodes.NodeMessage.Done;
import dev.larder.jdbc.internal.nodes.NodeMessage.Heartbeat;
import dev.larder.jdbc.internal.nodes.NodeMessage.Intent;
import dev.larder.jdbc.internal.nodes.NodeMessage.Leaving;
import dev.larder.jdbc.internal.transport.MessageStream;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The voice of this node: it numbers messages, and knows which of its commits are under way.
 * Thread-safe.
 */
final class CommitBroadcaster implements CommitAnnouncer {

  private static final Logger log = LoggerFactory.getLogger(CommitBroadcaster.class);

  /** How long one commit waits for the far end before the stream counts as broken. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** How long after its making commits wait until the others hear, or know that they do not. */
  private static final Duration FIRST_PATIENCE = Duration.ofSeconds(4);

  private final UUID node = UUID.randomUUID();
  private final MessageSigner signer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition firstStream = lock.newCondition();
  private final SortedMap<Long, ChangeSet> open = new TreeMap<>();
  private final long madeAtNanos = System.nanoTime();
  private boolean wasConnected;
  private boolean isKnownToBeIsolated;
  private boolean ended;

  /** Written under the lock, and read by anybody. */
  private volatile long lastNumber;

  private long lastMark;
  private @Nullable MessageStream stream;

  /**
   * @param signer for this voice alone
   */
  CommitBroadcaster(MessageSigner signer) {
    this.signer = signer;
  }

  UUID node() {
    return node;
  }

  /** The number of the last message that it has said, or could not say. */
  long lastNumber() {
    return lastNumber;
  }

  /** From now on messages go this way. */
  void sendOver(MessageStream next) {
    lock.lock();
    try {
      stream = ended ? null : next;
      wasConnected = true;
      firstStream.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The others know by other means that they cannot count on this node: commits wait no more. */
  void waitNoLonger() {
    lock.lock();
    try {
      isKnownToBeIsolated = true;
      firstStream.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing goes that way any more. */
  void stopSendingOver(MessageStream lost) {
    lock.lock();
    try {
      if (stream == lost) {
        stream = null;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Runnable announce(ChangeSet changes, Origin origin) {
    long number;
    MessageStream used;
    Future<?> sent;
    lock.lock();
    try {
      if (origin == Origin.HOOK) {
        say(new Changed(changes));
        return () -> {};
      }
      awaitFirstStream();
      used = stream;
      number = lastNumber + 1;
      open.put(number, changes);
      sent = say(new Intent(changes));
    } finally {
      lock.unlock();
    }
    if (used != null && sent != null) {
      await(sent, used);
    }
    return () -> end(number);
  }

  private void end(long number) {
    lock.lock();
    try {
      if (open.remove(number) != null) {
        say(new Done(number));
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends a sign of life with a new mark.
   *
   * @param heard the last mark of each other node
   * @return the mark
   */
  long heartbeat(int intervalMillis, Map<UUID, Long> heard) {
    lock.lock();
    try {
      lastMark++;
      say(new Heartbeat(lastMark, intervalMillis, heard, open));
      return lastMark;
    } finally {
      lock.unlock();
    }
  }

  /** Says something that is no loss if it cannot be said. */
  void tell(Content content) {
    lock.lock();
    try {
      say(content);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Says that this node will write no more, unless something of it is still under way; after that
   * it says nothing more.
   *
   * @param idle whether nothing can be written any more
   */
  void leave(boolean idle) {
    MessageStream used;
    Future<?> sent = null;
    lock.lock();
    try {
      used = stream;
      if (idle && open.isEmpty() && !ended) {
        sent = say(new Leaving());
      }
      ended = true;
      stream = null;
    } finally {
      lock.unlock();
    }
    if (used != null && sent != null) {
      await(sent, used);
    }
  }

  /** Commits of a node that has just been started wait until the others can hear of them. */
  private void awaitFirstStream() {
    long deadline = madeAtNanos + FIRST_PATIENCE.toNanos();
    try {
      while (!wasConnected && !isKnownToBeIsolated && !ended && deadline - System.nanoTime() > 0) {
        var unused = firstStream.awaitNanos(deadline - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A change that cannot be told takes its number all the same, and the others will miss it. A sign
   * of life and the end of a commit take none: the next sign of life says as much.
   */
  private @Nullable Future<?> say(Content content) {
    MessageStream current = stream;
    if (current == null) {
      lastNumber = lastNumber + (content instanceof Intent || content instanceof Changed ? 1 : 0);
      return null;
    }
    long number = lastNumber + 1;
    lastNumber = number;
    try {
      byte[] message = new NodeMessage(node, number, content).toBytes();
      return current.send(message, signer.sign(message));
    } catch (RuntimeException e) {
      lost(current, e);
      return null;
    }
  }

  private void await(Future<?> sent, MessageStream used) {
    try {
      sent.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      lost(used, e);
    }
  }

  private void lost(MessageStream used, Exception why) {
    log.debug("A message to the other nodes was lost", why);
    stopSendingOver(used);
    used.markBroken();
  }
}
