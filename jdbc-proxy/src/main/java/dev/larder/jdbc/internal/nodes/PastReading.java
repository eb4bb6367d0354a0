package dev.larder.jdbc.internal.nodes;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ledger.NodeMoment;
import dev.larder.jdbc.internal.nodes.NodeMessage.Changed;
import dev.larder.jdbc.internal.nodes.NodeMessage.DeclaredDead;
import dev.larder.jdbc.internal.nodes.NodeMessage.Done;
import dev.larder.jdbc.internal.nodes.NodeMessage.Heartbeat;
import dev.larder.jdbc.internal.nodes.NodeMessage.Intent;
import dev.larder.jdbc.internal.nodes.NodeMessage.Leaving;
import dev.larder.jdbc.internal.nodes.NodeMessage.UnknownContent;
import dev.larder.jdbc.internal.nodes.PastChanges.Change;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Learns from what the stream still holds what has changed before. Used by one thread. */
final class PastReading {

  /** Of whom is only known that it is there. */
  private static final long UNKNOWN = Long.MAX_VALUE;

  /** What is older is taken for not known. */
  private static final int MOST_CHANGES = 16_384;

  /** A node that has said something. */
  private static final class Sender {
    private final Map<Long, ChangeSet> open = new HashMap<>();
    private long last;
    private long knownFrom;

    void doubt() {
      open.clear();
      knownFrom = UNKNOWN;
    }

    void knownBy(long number) {
      if (knownFrom == UNKNOWN) {
        knownFrom = number;
      }
    }
  }

  private final Map<UUID, Sender> senders = new HashMap<>();
  private final Set<UUID> named = new HashSet<>();

  /** With the number of the last message that those had heard who took them for dead. */
  private final Map<UUID, Long> dead = new HashMap<>();

  private final Deque<Change> changes = new ArrayDeque<>();

  /** Takes a message that is genuine, in the order of the stream. */
  void take(NodeMessage message) {
    Sender sender = senders.computeIfAbsent(message.sender(), s -> new Sender());
    long number = message.number();
    if (number <= sender.last) {
      return;
    }
    if (number > sender.last + 1) {
      sender.doubt();
    }
    sender.last = number;
    NodeMoment now = new NodeMoment(message.sender(), number);
    NodeMessage.Content content = message.content();
    if (content instanceof Intent intent) {
      sender.open.put(number, intent.changes());
    } else if (content instanceof Done done) {
      ChangeSet over = sender.open.remove(done.intent());
      // Of one that is not known the sign of life that is waited for says nothing either.
      over(now, over == null ? ChangeSet.EVERYTHING : over);
    } else if (content instanceof Changed changed) {
      over(now, changed.changes());
    } else if (content instanceof Heartbeat heartbeat) {
      heartbeat(sender, now, heartbeat);
    } else if (content instanceof Leaving) {
      sender.open.values().forEach(each -> over(now, each));
      sender.open.clear();
      sender.knownBy(number);
    } else if (content instanceof DeclaredDead declaredDead) {
      dead.merge(declaredDead.node(), declaredDead.last(), Math::max);
      over(now, ChangeSet.EVERYTHING);
    } else if (content instanceof UnknownContent) {
      sender.doubt();
    }
  }

  private void heartbeat(Sender sender, NodeMoment now, Heartbeat heartbeat) {
    named.addAll(heartbeat.heard().keySet());
    Iterator<Map.Entry<Long, ChangeSet>> each = sender.open.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Long, ChangeSet> open = each.next();
      if (!heartbeat.open().containsKey(open.getKey())) {
        over(now, open.getValue());
        each.remove();
      }
    }
    heartbeat.open().forEach(sender.open::putIfAbsent);
    sender.knownBy(now.number());
  }

  private void over(NodeMoment now, ChangeSet what) {
    changes.add(new Change(now, what));
    if (changes.size() > MOST_CHANGES) {
      NodeMoment forgotten = changes.remove().over();
      Sender sender = senders.get(forgotten.node());
      if (sender != null && sender.knownFrom < forgotten.number()) {
        sender.knownFrom = forgotten.number();
      }
    }
  }

  /** What was learnt by now. */
  PastChanges end() {
    Map<UUID, Long> knownFrom = new HashMap<>();
    named.forEach(node -> knownFrom.put(node, UNKNOWN));
    senders.forEach((node, sender) -> knownFrom.put(node, sender.knownFrom));
    dead.forEach(
        (node, last) -> {
          Sender sender = senders.get(node);
          if (sender == null || sender.last <= last) {
            knownFrom.remove(node);
          }
        });
    Map<UUID, List<Change>> bySayer = new HashMap<>();
    for (Change each : changes) {
      bySayer.computeIfAbsent(each.over().node(), n -> new ArrayList<>()).add(each);
    }
    return new PastChanges(knownFrom, bySayer);
  }
}
