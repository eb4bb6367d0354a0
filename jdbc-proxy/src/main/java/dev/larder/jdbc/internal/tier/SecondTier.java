package dev.larder.jdbc.internal.tier;

import dev.larder.invalidation.ledger.Ledger;
import dev.larder.jdbc.internal.bind.CanonicalText;
import dev.larder.jdbc.internal.nodes.ClusterSource;
import dev.larder.jdbc.internal.nodes.NodePosition;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.settings.TierSettings;
import dev.larder.jdbc.internal.store.Entry;
import dev.larder.jdbc.internal.transport.StreamTransport;
import java.time.Duration;
import java.time.zone.ZoneRulesProvider;
import java.util.Arrays;
import java.util.TimeZone;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers that the nodes of a cluster keep for each other. Thread-safe.
 *
 * <p>A miss {@link #begin begins} before it asks anybody, {@link Attempt#find looks} here, and
 * hands what the database said to {@link Attempt#keep}. What is there decides nothing: whether it
 * may be used {@link HeardChanges} says, from what this node knows itself.
 */
public final class SecondTier implements AutoCloseable {

  /** An age that no answer may have where ages are bounded. */
  private static final long OLDEST_NANOS = Long.MAX_VALUE / 4;

  /** So many times what a look-up takes the database has to take, for a lease to pay. */
  private static final double LEASE_PAYS = 8;

  /**
   * So many times what the database usually takes, and a while beside, a lease holds: who has it is
   * rarely dead and more often held up, and then a second query holds the database up as well.
   */
  private static final int LOADS_OF_A_LEASE = 2;

  private static final long HELD_UP_NANOS = 250_000_000;
  private static final long LONGEST_LEASE_NANOS = 4_000_000_000L;

  private static final int POLLS = 10;
  private static final int TOKEN_BYTES = 16;
  private static final long SHORTEST_PAUSE_NANOS = 500_000;

  /** Where it lies by this JVM's tables is a part of how some drivers show a time. */
  private static final String ZONE = "Europe/Paris";

  private final ClusterSource cluster;
  private final HeardChanges changes;
  private final TierForms forms = new TierForms();
  private final TierFigures figures = new TierFigures();
  private final CommitWaits commits = new CommitWaits();
  private final TierCipher cipher;
  private final TierLine line;
  private final String common;
  private final TierSettings settings;
  private final long mostRowBytes;
  private final AtomicLong serverStart = new AtomicLong();
  private final Runnable stopRecording;
  private Supplier<@Nullable String> currentDefinitions = () -> null;

  /**
   * @param cluster whose nodes share it
   * @param ledger what this node knows of changes
   * @param mostRowBytes what an answer in memory may take
   */
  public SecondTier(
      TierSettings settings,
      StreamTransport transport,
      ClusterSource cluster,
      Ledger ledger,
      long mostRowBytes) {
    this.settings = settings;
    this.cluster = cluster;
    this.mostRowBytes = mostRowBytes;
    this.changes = new HeardChanges(cluster.node(), cluster::lastNumber);
    this.cipher = new TierCipher(settings.secrets(), TierValue.FORMAT);
    this.common =
        new CanonicalText()
            .add(cluster.scope())
            .add(SecondTier.class.getPackage().getImplementationVersion())
            .add(ZoneRulesProvider.getVersions(ZONE).lastKey())
            .toString();
    this.stopRecording = ledger.recordEnds(changes);
    changes.begin();
    this.line = new TierLine(settings, transport, figures, changes::noteMoment);
  }

  /**
   * Lets values be used that were kept before this node was there: the nodes write alone, so that
   * the stream tells of every change.
   *
   * @param definitions what stands for them as this node knows them, or null
   */
  public SecondTier replaying(Supplier<@Nullable String> definitions) {
    currentDefinitions = definitions;
    cluster.tellPast(changes::learnt);
    return this;
  }

  public SecondTier start() {
    line.start();
    return this;
  }

  /**
   * A statement goes to a server that was started then; values of another run are not asked for.
   */
  public void serverIs(long start) {
    serverStart.set(start);
  }

  /** What was counted. */
  public TierReport report() {
    return figures.report(line.state());
  }

  /**
   * Begins a miss: notes what this node has heard by now. To be called before the query is sent, in
   * a session that reads what is committed when it asks.
   *
   * @return null where the tier is of no use to it
   */
  public @Nullable Attempt begin(TierRead read) {
    if (!isWorthIt(read)) {
      figures.count(TierOutcome.BYPASSED);
      return null;
    }
    String formKey = read.key().toldForm();
    if (forms.areUntellable(formKey, read.plan())) {
      figures.count(TierOutcome.UNTELLABLE);
      return null;
    }
    changes.noteMoment();
    long start = serverStart.get();
    NodePosition position = cluster.position();
    CanonicalText text =
        new CanonicalText().add(common).add(TimeZone.getDefault().getID()).add(start);
    if (!read.key().tell(text)) {
      figures.count(TierOutcome.UNTELLABLE);
      return null;
    }
    return new Attempt(read, formKey, text.toBytes(), position, start);
  }

  private boolean isWorthIt(TierRead read) {
    return !line.isOpen() && read.bounds().databaseNanos() > figures.usualNanos();
  }

  /** Whether the database takes so long that a wait for somebody else is nothing to it. */
  private boolean paysToWait(long databaseNanos) {
    return !line.isOpen() && databaseNanos > LEASE_PAYS * Math.max(1, figures.usualNanos());
  }

  /**
   * How long to wait for the end of a commit, after which the answer may come from here: 0 for not
   * at all.
   *
   * @param databaseNanos what the database usually takes
   */
  public long waitForCommitNanos(long databaseNanos) {
    return paysToWait(databaseNanos) ? commits.waitNanos(databaseNanos) : 0;
  }

  /** A commit was waited for that long, and had ended by then, or not. */
  public void waitedForCommit(long nanos, boolean hasEnded) {
    commits.waited(nanos, hasEnded);
  }

  @Override
  public void close() {
    stopRecording.run();
    line.close();
  }

  /** One miss. Used by one thread. */
  public final class Attempt {
    private final TierRead read;
    private final byte[] key;
    private final byte[][] names;
    private final NodePosition position;
    private final long start;
    private final String formKey;

    /**
     * What stands for the definitions, found before the query is sent; empty where nothing does.
     */
    private final String definitions;

    private byte @Nullable [] lease;

    /** Whoever waits looks again and again, which counts once. */
    private boolean isCounted = true;

    private Attempt(TierRead read, String formKey, byte[] key, NodePosition position, long start) {
      this.read = read;
      this.key = key;
      this.names = cipher.names(key);
      this.position = position;
      this.start = start;
      this.formKey = formKey;
      String found = currentDefinitions.get();
      this.definitions = found == null ? "" : found;
    }

    /**
     * The answer, with the stamp of this miss, if the tier holds one that may be used. Where it
     * does not, and another node is loading it, waits a little for that one.
     */
    public @Nullable Entry find() {
      TierForm form = forms.of(formKey, read.plan());
      if (form == null || read.stamp().wasOpen()) {
        figures.count(TierOutcome.BYPASSED);
        return null;
      }
      Entry found = look(line.get(names), form, true);
      return found == null
              && read.bounds().maxLoadWaitNanos() > 0
              && paysToWait(read.bounds().databaseNanos())
          ? ledOrAwaited(form)
          : found;
    }

    private @Nullable Entry look(TierLine.@Nullable Kept kept, TierForm form, boolean counts) {
      isCounted = counts;
      return kept == null
          ? rejected(TierOutcome.ABSENT)
          : used(names[kept.name()], kept.value(), form);
    }

    /**
     * Nothing where this node is the one that runs the query, or nobody can tell who is. A lease is
     * about work alone: what comes of the wait for it is looked at like any other value.
     */
    private @Nullable Entry ledOrAwaited(TierForm form) {
      long usual = read.bounds().databaseNanos();
      // Shorter than the wait: one of those who wait takes over, rather than all of them.
      long held = Math.min(LOADS_OF_A_LEASE * usual + HELD_UP_NANOS, LONGEST_LEASE_NANOS);
      Duration time = Duration.ofNanos(held);
      long most = Math.min(held + Math.min(usual, HELD_UP_NANOS), read.bounds().maxLoadWaitNanos());
      long began = System.nanoTime();
      byte[] token = new byte[TOKEN_BYTES];
      ThreadLocalRandom.current().nextBytes(token);
      for (boolean first = true; ; first = false) {
        TierLine.Taken taken = line.take(new byte[][] {leaseName(), token}, time, names);
        // Where nobody answers in time it may be ours all the same.
        lease = taken == null || taken.isMine() ? token : null;
        // Whoever had the lease may have ended: with a value, or in vain.
        Entry found = taken == null ? null : look(taken.kept(), form, false);
        if (found != null || taken == null || taken.isMine()) {
          return found;
        }
        if (first) {
          figures.count(TierOutcome.WAITED);
        }
        if (System.nanoTime() - began > most
            || !read.stamp().isCurrent()
            || line.isOpen()
            || Thread.currentThread().isInterrupted()) {
          return null;
        }
        LockSupport.parkNanos(Math.max(SHORTEST_PAUSE_NANOS, usual / POLLS));
      }
    }

    private byte[] leaseName() {
      byte[] name = Arrays.copyOf(names[0], names[0].length + 1);
      name[names[0].length] = 'l';
      return name;
    }

    private @Nullable Entry used(byte[] name, byte[] sealed, TierForm form) {
      if (cipher.isOfAnotherFormat(sealed)) {
        return rejected(TierOutcome.ANOTHER_FORM);
      }
      try {
        byte[] opened = cipher.open(name, key, sealed);
        if (opened == null) {
          return rejected(TierOutcome.TAMPERED);
        }
        TierValue value = TierValue.of(opened, mostRowBytes);
        if (changes.isFromBefore(value.position())
            && (definitions.isEmpty() || !definitions.equals(value.definitions()))) {
          return rejected(TierOutcome.NOT_HEARD);
        }
        TierOutcome objection =
            changes.objection(
                value.position(), read.stamp().footprint().footprint().scopes(), read.meets());
        if (objection != null) {
          return rejected(objection);
        }
        long unknown = System.nanoTime() - OLDEST_NANOS;
        long readAt = changes.readAfterNanos(value.position(), unknown);
        if (!isYoung(readAt)) {
          return rejected(TierOutcome.TOO_OLD);
        }
        Snapshot answer = form.read(new TierInput(value.rows()));
        if (answer == null) {
          return rejected(TierOutcome.ANOTHER_FORM);
        }
        if (!read.stamp().isCurrent()) {
          return rejected(TierOutcome.MOVED);
        }
        figures.count(TierOutcome.HIT);
        return new Entry(answer, read.stamp(), readAt);
      } catch (MalformedValueException | RuntimeException e) {
        return rejected(TierOutcome.FAILED);
      }
    }

    private boolean isYoung(long readAtNanos) {
      long most = read.bounds().maxAgeNanos();
      return most == Long.MAX_VALUE || System.nanoTime() - readAtNanos <= most;
    }

    private @Nullable Entry rejected(TierOutcome why) {
      if (isCounted) {
        figures.count(why);
      }
      return null;
    }

    /**
     * The database has answered; what it said goes to the tier when there is time for that.
     *
     * @param answeredBy when the server was started that has answered
     */
    public void keep(Snapshot answer, long answeredBy) {
      TierForm form = forms.learn(formKey, read.plan(), answer);
      if (form == null) {
        figures.count(TierOutcome.UNTELLABLE);
      } else if (answer.bytes() > mostRowBytes) {
        figures.count(TierOutcome.TOO_LARGE);
      } else if (answeredBy == start) {
        line.later(() -> write(form, answer));
      } else {
        serverIs(answeredBy);
      }
    }

    /** This miss is over, however it ended: whoever waits for its load need not wait on. */
    public void end() {
      byte[] held = lease;
      if (held != null) {
        lease = null;
        line.later(() -> line.giveBack(leaseName(), held));
      }
    }

    private void write(TierForm form, Snapshot answer) {
      TierOutput rows = new TierOutput();
      if (!form.write(answer, rows)) {
        figures.count(TierOutcome.UNTELLABLE);
        return;
      }
      TierValue value = new TierValue(position, definitions, rows.toBytes());
      byte[] sealed = cipher.seal(names[0], key, value.toBytes());
      if (sealed.length > settings.maxValueBytes()) {
        figures.count(TierOutcome.TOO_LARGE);
      } else {
        line.put(names[0], sealed);
      }
    }
  }
}
