package dev.larder.jdbc.internal.nodes;

import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.source.ChangeSource;
import dev.larder.invalidation.source.SourceSession;
import dev.larder.jdbc.internal.settings.SourceSettings;
import dev.larder.jdbc.internal.transport.MessageStream;
import dev.larder.jdbc.internal.transport.StreamTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The other nodes of the cluster as a source of changes, heard through a stream to which this one
 * writes as well. Used by one thread, but for {@link #leave}.
 */
public final class ClusterSource implements ChangeSource {

  /** How often it is looked whether the others can still see that this node is isolated. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final StreamTransport transport;
  private final ClusterOptions options;
  private final String stream;
  private final MessageSigner signer;
  private final CommitBroadcaster broadcaster;
  private final Runnable stopAnnouncing;
  private final IsolationSignal isolation;
  private long heardAtNanos = System.nanoTime();
  private boolean wasHeard;
  private boolean isRaised;
  private long lookedAtNanos;

  /** Who wants to know what changed before the first session; null for nobody. */
  private @Nullable Consumer<PastChanges> past;

  /** When each other node was heard last, for who asks. */
  private volatile Map<UUID, Long> others = Map.of();

  /** The number of the last message of each other node that this one has read. */
  private volatile Map<UUID, Long> lastNumbers = Map.of();

  /** Of messages that are being read: a change that they tell of is over before all are. */
  private final ConcurrentMap<UUID, Long> reading = new ConcurrentHashMap<>();

  /**
   * Begins to announce the ledger's commits, which wait a little until there is a connection.
   *
   * @param isolation tells the others where they cannot be reached
   */
  public ClusterSource(
      StreamTransport transport, ClusterOptions options, Ledger ledger, IsolationSignal isolation) {
    this.transport = transport;
    this.options = options;
    this.isolation = isolation;
    SourceSettings.Redis meeting = options.meeting();
    this.stream = MessageSigner.streamName(meeting.cluster(), ledger.identity());
    this.signer = new MessageSigner(meeting.secret(), meeting.cluster(), ledger.identity());
    this.broadcaster =
        new CommitBroadcaster(
            new MessageSigner(meeting.secret(), meeting.cluster(), ledger.identity()));
    this.stopAnnouncing = ledger.announceTo(broadcaster);
  }

  /** Tells what changed before this node listened; to be called before it does. */
  public void tellPast(Consumer<PastChanges> whom) {
    past = whom;
  }

  @Override
  public String name() {
    return "nodes over " + transport.name();
  }

  @Override
  public SourceSession connect() {
    MessageStream opened;
    try {
      opened = open();
    } catch (RuntimeException e) {
      lookWhetherIsolated();
      throw e;
    }
    try {
      ClusterMembership membership = new ClusterMembership(broadcaster.node(), options.patience());
      ClusterSession session = new ClusterSession(this, opened, membership, signer, broadcaster);
      session.readPast(past);
      past = null;
      broadcaster.sendOver(opened);
      return session;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  MessageStream open() {
    return transport.connect(options.meeting().uris(), stream);
  }

  /** What this node said then has reached the stream, where the others find it. */
  void wasHeard(long nanos) {
    heardAtNanos = nanos;
    wasHeard = true;
  }

  /** Everybody has returned a mark that this node asked for since it was connected. */
  void isCountedOn() {
    if (isRaised) {
      isRaised = false;
      isolation.lower();
    }
  }

  /** Raises the signal when nobody may count on this node any more, in good time before that. */
  void lookWhetherIsolated() {
    long now = System.nanoTime();
    if ((!wasHeard || isOverdue(now)) && (!isRaised || now - lookedAtNanos > LOOK_NANOS)) {
      lookedAtNanos = now;
      isRaised = true;
      isolation.raise();
      broadcaster.waitNoLonger();
    }
  }

  /** Whether nothing that this node said has reached the stream for too long. */
  boolean isOverdue(long nowNanos) {
    return nowNanos - heardAtNanos > options.patience().toNanos() / 2;
  }

  void othersHeard(Map<UUID, Long> atNanos) {
    others = atNanos;
  }

  /** A message was received, which the ledger will know of in a moment. */
  void reads(UUID sender, long number) {
    reading.merge(sender, number, Math::max);
  }

  /** What was received by now has been read. */
  void read(Map<UUID, Long> numbers) {
    lastNumbers = numbers;
    reading.clear();
  }

  /** What this node has heard by now, of itself too. */
  public NodePosition position() {
    // What is cleared meanwhile is in the last numbers already. Beyond that any order will do:
    // each number stands for itself.
    Map<UUID, Long> heard = new HashMap<>(reading);
    lastNumbers.forEach((node, number) -> heard.merge(node, number, Math::max));
    return NodePosition.of(heard, node(), broadcaster.lastNumber());
  }

  /** The number of the last message that this node has said. */
  public long lastNumber() {
    return broadcaster.lastNumber();
  }

  /** This node and the others, as far as they are heard. */
  public List<NodeReport> nodes() {
    long now = System.nanoTime();
    List<NodeReport> nodes = new ArrayList<>();
    nodes.add(new NodeReport(node().toString(), true, transportName(), 0));
    others.forEach(
        (node, at) -> nodes.add(new NodeReport(node.toString(), false, transportName(), now - at)));
    return nodes;
  }

  /** A text that is equal for the nodes of one cluster over one database, and for no others. */
  public String scope() {
    return stream;
  }

  /** Which node this is. */
  public UUID node() {
    return broadcaster.node();
  }

  String transportName() {
    return transport.name();
  }

  Duration maxStaleness() {
    return options.maxStaleness();
  }

  /** For how long the stream keeps what it has. */
  Duration keptFor() {
    return options.keptFor();
  }

  /**
   * Tells the others that this node leaves.
   *
   * @param idle whether nothing can be written any more
   */
  public void leave(BooleanSupplier idle) {
    stopAnnouncing.run();
    broadcaster.leave(idle.getAsBoolean());
  }
}
