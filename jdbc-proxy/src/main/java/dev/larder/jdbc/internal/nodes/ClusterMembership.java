package dev.larder.jdbc.internal.nodes;

import dev.larder.invalidation.ledger.NodeMoment;
import dev.larder.invalidation.source.ChangeSink;
import dev.larder.jdbc.internal.nodes.NodeMessage.Changed;
import dev.larder.jdbc.internal.nodes.NodeMessage.Content;
import dev.larder.jdbc.internal.nodes.NodeMessage.DeclaredDead;
import dev.larder.jdbc.internal.nodes.NodeMessage.Done;
import dev.larder.jdbc.internal.nodes.NodeMessage.Heartbeat;
import dev.larder.jdbc.internal.nodes.NodeMessage.Intent;
import dev.larder.jdbc.internal.nodes.NodeMessage.Leaving;
import dev.larder.jdbc.internal.nodes.NodeMessage.UnknownContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The members of a cluster, its nodes that write, as one of them knows them from what they say.
 * Used by one thread.
 */
final class ClusterMembership {

  /*
   * The claim. If proven() is k, every change that was visible when this node asked for its mark k
   * has been handed to the sink.
   *
   * Let another node m make a change that is visible at v, before mark k was asked for. It took the
   * number of the change's intent before it sent the COMMIT, so before v. It heard mark k later,
   * and said so in a sign of life with a larger number. This node has read that sign of life, and
   * all of m's numbers up to it without a hole, or, after a hole, a sign of life that named every
   * commit still under way at m, with a gap: then the change was either named, or over, and so
   * visible before the gap moved everything. (What the order of arrival does to a cell is argued in
   * Coverage: an intent opens its cells and a done, sent after the database answered, closes them.)
   *
   * Numbers are taken whether or not the message can be sent. So a change that was committed while
   * the stream could not be reached, a message that was trimmed away unread, and one that a
   * failover of the server lost, are all the same: a hole. So is one that a newer release sent and
   * this one does not understand.
   *
   * A node that nobody hears proves nothing: no mark is returned by it, and the age bound holds for
   * everybody, from the moment at which the last mark it returned is older than
   * larger.max-staleness. So it need not wait before it commits without having told: whatever it
   * commits then is newer than every mark that it has returned.
   *
   * That ends when the others stop to count on it, after `patience` of silence: only then may it be
   * taken for dead. Whatever it had under way is closed then, everything is moved once more, and
   * the others cover again. A node that is alive then, or never could reach the stream, and writes,
   * is one that nobody counts on: it has to tell by another way (IsolationSignal), in good time
   * before.
   */

  /** How many nodes that are gone are remembered, so that what they said cannot be said again. */
  private static final int MOST_GONE = 1_000;

  /** They stand in the position of each answer. */
  private static final int MOST_LATELY = 32;

  private static final long LATELY_NANOS = TimeUnit.MINUTES.toNanos(15);

  private record Gone(long last, long atNanos) {}

  private final UUID self;
  private final Duration patience;
  private final Map<UUID, Member> members = new HashMap<>();
  private final Map<UUID, Long> gone =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Long> eldest) {
          return size() > MOST_GONE;
        }
      };

  /** Those who went last, and when: whoever starts now may still find what they said. */
  private final Map<UUID, Gone> lately =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Gone> eldest) {
          return size() > MOST_LATELY;
        }
      };

  private final Map<UUID, Long> heard = new HashMap<>();
  private long ownMark;

  /**
   * @param patience for how long a node may be silent before it is taken for dead
   */
  ClusterMembership(UUID self, Duration patience) {
    this.self = self;
    this.patience = patience;
  }

  /**
   * Takes a message that is genuine.
   *
   * @param sink null while the past is read, after which everything is moved
   */
  void take(NodeMessage message, @Nullable ChangeSink sink, long nowNanos) {
    Content content = message.content();
    if (message.sender().equals(self)) {
      if (content instanceof Heartbeat heartbeat) {
        ownMark = Math.max(ownMark, heartbeat.mark());
      }
      return;
    }
    Member member = member(message, nowNanos);
    if (member == null || !member.isNext(message.number(), nowNanos)) {
      if (sink != null) {
        sink.rejected("a message that came before");
      }
      return;
    }
    NodeMoment said = new NodeMoment(message.sender(), message.number());
    if (content instanceof Intent intent) {
      member.intent(message.number(), intent.changes(), sink);
    } else if (content instanceof Done done) {
      member.done(done.intent(), said);
    } else if (content instanceof Changed changed && sink != null) {
      sink.opened(changed.changes()).endedBy(said);
    } else if (content instanceof Heartbeat heartbeat) {
      heard.put(message.sender(), heartbeat.mark());
      member.heartbeat(heartbeat, said, self, sink);
      heartbeat.heard().keySet().forEach(other -> learn(other, nowNanos));
    } else if (content instanceof Leaving) {
      leave(message.sender(), member, sink);
    } else if (content instanceof DeclaredDead declaredDead && sink == null) {
      believe(declaredDead);
    } else if (content instanceof UnknownContent) {
      member.doubt();
      if (sink != null) {
        sink.rejected("a message of another release");
      }
    }
  }

  private @Nullable Member member(NodeMessage message, long nowNanos) {
    UUID sender = message.sender();
    Long last = gone.get(sender);
    if (last != null) {
      if (message.number() <= last) {
        return null;
      }
      gone.remove(sender);
    }
    return members.computeIfAbsent(sender, s -> new Member(last != null, nowNanos));
  }

  /** Another node counts on this one, which may have been silent since before we listened. */
  private void learn(UUID other, long nowNanos) {
    if (!other.equals(self) && !gone.containsKey(other)) {
      members.computeIfAbsent(other, o -> new Member(true, nowNanos));
    }
  }

  /** A node has said that it ends with nothing under way. */
  private void leave(UUID sender, Member member, @Nullable ChangeSink sink) {
    if (member.isDoubtful() && sink != null) {
      sink.gap("messages of a node that left are missing");
    }
    forget(sender, member);
    members.remove(sender);
  }

  /** Whoever reads the past need not wait once more for those who were waited for then. */
  private void believe(DeclaredDead declaredDead) {
    Member dead = members.get(declaredDead.node());
    if (dead == null) {
      gone.put(declaredDead.node(), declaredDead.last());
    } else if (dead.lastNumber() <= declaredDead.last()) {
      forget(declaredDead.node(), dead);
      members.remove(declaredDead.node());
    }
  }

  private void forget(UUID sender, Member member) {
    member.endAll();
    gone.put(sender, member.lastNumber());
    lately.remove(sender);
    lately.put(sender, new Gone(member.lastNumber(), System.nanoTime()));
    heard.remove(sender);
  }

  /**
   * Gives up those who have been silent for too long.
   *
   * @param nowNanos a time up to which all that they said has been read
   * @return who they are, to tell newcomers
   */
  List<DeclaredDead> giveUp(ChangeSink sink, long nowNanos) {
    List<DeclaredDead> given = new ArrayList<>();
    Iterator<Map.Entry<UUID, Member>> each = members.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<UUID, Member> entry = each.next();
      if (entry.getValue().silentNanos(nowNanos) > patience.toNanos()) {
        // Its commits are closed only when everything has been moved.
        sink.gap("a node went silent");
        forget(entry.getKey(), entry.getValue());
        given.add(new DeclaredDead(entry.getKey(), entry.getValue().lastNumber()));
        each.remove();
      }
    }
    return given;
  }

  /** Nobody listened until now: silence counts from here. */
  void listenedFrom(long nowNanos) {
    members.values().forEach(member -> member.listenedFrom(nowNanos));
  }

  /** Brings to the ledger what was found under way before there was a sink. */
  void openAll(ChangeSink sink) {
    members.values().forEach(member -> member.openAll(sink));
  }

  /** The last own mark that came back through the stream. */
  long ownMark() {
    return ownMark;
  }

  /** The last own mark that every node has returned. */
  long proven() {
    long proven = ownMark;
    for (Member member : members.values()) {
      proven = Math.min(proven, member.heardMark());
    }
    return proven;
  }

  /** The last mark of each other node; 0 for those of whom nothing was heard. */
  Map<UUID, Long> heard() {
    Map<UUID, Long> all = new HashMap<>();
    members.keySet().forEach(node -> all.put(node, heard.getOrDefault(node, 0L)));
    return all;
  }

  /** The number of the last message of each other node that was read, some that went included. */
  Map<UUID, Long> lastNumbers() {
    Map<UUID, Long> all = new HashMap<>();
    long now = System.nanoTime();
    lately.values().removeIf(each -> now - each.atNanos > LATELY_NANOS);
    lately.forEach((node, each) -> all.put(node, each.last));
    members.forEach((node, member) -> all.put(node, member.lastNumber()));
    return Map.copyOf(all);
  }

  /** When each other node was heard last. */
  Map<UUID, Long> heardAtNanos() {
    Map<UUID, Long> all = new HashMap<>();
    members.forEach((node, member) -> all.put(node, member.heardAtNanos()));
    return Map.copyOf(all);
  }

  /** How often somebody would like to hear from this node; {@code otherwise} if nobody more. */
  int intervalMillis(int otherwise) {
    int least = otherwise;
    for (Member member : members.values()) {
      least = Math.min(least, member.intervalMillis());
    }
    return least;
  }

  /** How many nodes have been silent for longer than that. */
  long silentFor(Duration time, long nowNanos) {
    return members.values().stream()
        .filter(member -> member.silentNanos(nowNanos) > time.toNanos())
        .count();
  }
}
