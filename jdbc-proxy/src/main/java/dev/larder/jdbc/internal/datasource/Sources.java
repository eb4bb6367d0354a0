package dev.larder.jdbc.internal.datasource;

import dev.larder.invalidation.SourceReport;
import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.source.ChangeSource;
import dev.larder.invalidation.source.Coverage;
import dev.larder.invalidation.source.SourceWatch;
import dev.larder.jdbc.InvalidSettingsException;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.connection.PhysicalConnections;
import dev.larder.jdbc.internal.datasource.DatabaseSource.Listener;
import dev.larder.jdbc.internal.nodes.ClusterOptions;
import dev.larder.jdbc.internal.nodes.ClusterSource;
import dev.larder.jdbc.internal.nodes.IsolatedNodeLock;
import dev.larder.jdbc.internal.nodes.IsolationSignal;
import dev.larder.jdbc.internal.nodes.NodeReport;
import dev.larder.jdbc.internal.planning.CatalogueCache;
import dev.larder.jdbc.internal.planning.DatabaseContext;
import dev.larder.jdbc.internal.pool.Origin;
import dev.larder.jdbc.internal.session.SharedLock;
import dev.larder.jdbc.internal.settings.Serving;
import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.jdbc.internal.settings.TierSettings;
import dev.larder.jdbc.internal.settings.Writers;
import dev.larder.jdbc.internal.source.DefinitionsPoll;
import dev.larder.jdbc.internal.source.DefinitionsPoll.Definitions;
import dev.larder.jdbc.internal.source.SourceOfTables;
import dev.larder.jdbc.internal.tier.SecondTier;
import dev.larder.jdbc.internal.tier.TierReport;
import dev.larder.jdbc.internal.transport.StreamTransport;
import dev.larder.jdbc.internal.transport.StreamTransports;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sources that the settings ask for. Thread-safe.
 *
 * <p>They start when the database is known, since what they report goes to its ledger: before that
 * nothing of it can be in memory.
 */
public final class Sources implements AutoCloseable {

  private static final Coverage.Proof NOBODY_ELSE = since -> true;

  private final Settings settings;
  private final @Nullable DatabaseSource asked;
  private final @Nullable StreamTransport transport;
  private final List<SourceWatch> watches = new CopyOnWriteArrayList<>();
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Deque<AutoCloseable> leaving = new ArrayDeque<>();
  private @Nullable ClusterSource cluster;
  private volatile @Nullable SecondTier tier;
  private boolean closed;

  /**
   * The connections that sources ask their own questions by.
   *
   * @param lent connections of the DataSource itself
   * @param apart connections that are opened, so that no statement waits for them
   */
  record Connections(PhysicalConnections lent, PhysicalConnections apart) {}

  /**
   * What a node brings with it.
   *
   * @param fingerprint of the definitions by which it reads, or null
   */
  private record Joining(
      DatabaseContext database, Connections connections, Supplier<@Nullable String> fingerprint) {}

  private Sources(
      Settings settings, @Nullable DatabaseSource asked, @Nullable StreamTransport transport) {
    this.settings = settings;
    this.asked = asked;
    this.transport = transport;
  }

  /**
   * Looks at what can be told without reaching the database.
   *
   * @throws InvalidSettingsException where a source cannot be had over this origin
   */
  public static Sources of(Settings settings, Origin origin) {
    List<String> problems = new ArrayList<>();
    DatabaseSource database = DatabaseSource.of(settings, origin, problems);
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return new Sources(
        settings,
        database,
        settings.sources().redis().uris().isEmpty() ? null : StreamTransports.find().orElse(null));
  }

  /** Whether they will look for changed definitions, by the fingerprint of the catalogue's. */
  public static boolean watchDefinitions(Settings settings) {
    return DefinitionsPoll.isNeeded(settings);
  }

  /**
   * Starts them, once the database is known.
   *
   * @param catalogue what definitions are taken for
   * @param uses grows with each statement
   * @return what they can prove
   */
  public synchronized Coverage start(
      DatabaseContext database,
      CatalogueCache catalogue,
      Connections connections,
      LongSupplier uses) {
    CatalogueReader reader = database.reader();
    if (closed || !database.isIdentified() || reader == null) {
      return Coverage.NONE;
    }
    List<SourceWatch> covering = new ArrayList<>();
    Coverage.Proof proof = NOBODY_ELSE;
    Definitions definitions = new Definitions(database, reader, catalogue);
    Duration bound = settings.freshness().maxStaleness();
    DatabaseIdentity identity = database.ledger().identity();
    if (asked != null && asked.products().contains(identity.product())) {
      SourceOfTables source =
          asked.making().source(new Listener(identity, catalogue, connections.lent()));
      DefinitionsPoll poll =
          DefinitionsPoll.beside(asked.target(), definitions, bound, source::definitionsChanged);
      proof = poll;
      running.push(poll.start());
      covering.add(watch(source, database.ledger()));
    } else if (DefinitionsPoll.isNeeded(settings)) {
      running.push(
          DefinitionsPoll.whileUsed(connections.apart(), definitions, bound, uses).start());
    }
    proof =
        startNodes(
            new Joining(database, connections, () -> catalogue.atHand().fingerprint()),
            covering,
            proof);
    return covering.isEmpty() ? Coverage.NONE : new Coverage(covering, proof);
  }

  /**
   * Starts to hear other nodes and to be heard, if that is asked for.
   *
   * @param covering where what covers every writer is added
   * @return what must hold beside it
   */
  private Coverage.Proof startNodes(
      Joining joining, List<SourceWatch> covering, Coverage.Proof definitions) {
    StreamTransport over = transport;
    if (over == null) {
      return definitions;
    }
    boolean covers = settings.freshness().writers() == Writers.LARDER_NODES;
    SharedLock lock = joining.database.sharedLock();
    if (lock == null) {
      SourceWatch watch = startNodes(over, joining, IsolationSignal.NONE);
      if (covers) {
        covering.add(watch);
      }
      return definitions;
    }
    IsolatedNodeLock lost =
        new IsolatedNodeLock(
            lock,
            joining.connections.lent(),
            joining.connections.apart(),
            settings.freshness().maxStaleness());
    SourceWatch watch = startNodes(over, joining, lost);
    leaving.addLast(lost);
    if (!covers) {
      return definitions;
    }
    covering.add(watch);
    running.push(lost.start()::stopLooking);
    return since -> lost.holdsSince(since) && definitions.holdsSince(since);
  }

  private SourceWatch startNodes(StreamTransport over, Joining joining, IsolationSignal isolation) {
    Ledger ledger = joining.database.ledger();
    ClusterSource started = new ClusterSource(over, ClusterOptions.of(settings), ledger, isolation);
    cluster = started;
    TierSettings shared = settings.connections().tier();
    if (shared.isOn() && settings.freshness().serving() == Serving.ON) {
      SecondTier opened =
          new SecondTier(shared, over, started, ledger, settings.memory().maxResultBytes());
      if (settings.freshness().writers() == Writers.LARDER_NODES && asked == null) {
        opened.replaying(joining.fingerprint);
      }
      tier = opened;
      running.push(opened.start());
    }
    SourceWatch watch = new SourceWatch(started, ledger, settings.freshness().maxStaleness());
    watches.add(watch);
    leaving.push(watch);
    return watch.start();
  }

  private SourceWatch watch(ChangeSource source, Ledger ledger) {
    SourceWatch watch = new SourceWatch(source, ledger, settings.freshness().maxStaleness());
    running.push(watch.start());
    watches.add(watch);
    return watch;
  }

  /**
   * Ends what tells other nodes of this one, after everything that could write.
   *
   * @param idle whether nothing can be written any more
   */
  public void leave(BooleanSupplier idle) {
    ClusterSource said;
    List<AutoCloseable> ending;
    synchronized (this) {
      said = cluster;
      ending = List.copyOf(leaving);
      leaving.clear();
    }
    if (said != null) {
      said.leave(idle);
    }
    close(ending);
  }

  /** This node and the others of its cluster; none where there is no cluster. */
  public synchronized List<NodeReport> nodes() {
    return cluster == null ? List.of() : cluster.nodes();
  }

  /** What the nodes keep for each other; null where that is nothing. */
  public @Nullable SecondTier tier() {
    return tier;
  }

  /** What became of what the nodes keep for each other. */
  public TierReport tierReport() {
    SecondTier shared = tier;
    if (shared != null) {
      return shared.report();
    }
    return settings.connections().tier().isOn() ? TierReport.NOT_YET : TierReport.NONE;
  }

  public List<SourceReport> reports() {
    return watches.stream().map(SourceWatch::report).toList();
  }

  @Override
  public void close() {
    List<AutoCloseable> ending;
    synchronized (this) {
      closed = true;
      ending = List.copyOf(running);
      running.clear();
    }
    close(ending);
  }

  private static void close(List<AutoCloseable> ending) {
    for (AutoCloseable each : ending) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
