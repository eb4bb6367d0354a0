package dev.larder.jdbc.internal.datasource;

import dev.larder.invalidation.Invalidation;
import dev.larder.invalidation.ledger.SharedLedger;
import dev.larder.jdbc.Explanation;
import dev.larder.jdbc.InvalidSettingsException;
import dev.larder.jdbc.Statistics;
import dev.larder.jdbc.internal.ahead.HotAnswers;
import dev.larder.jdbc.internal.ahead.RefreshLimits;
import dev.larder.jdbc.internal.ahead.Refresher;
import dev.larder.jdbc.internal.ask.Respondent;
import dev.larder.jdbc.internal.console.ConsoleModule;
import dev.larder.jdbc.internal.console.Consoles;
import dev.larder.jdbc.internal.execution.Explainer;
import dev.larder.jdbc.internal.pin.PinnedTables;
import dev.larder.jdbc.internal.prefetch.Prefetcher;
import dev.larder.jdbc.internal.proxy.ConnectionSource;
import dev.larder.jdbc.internal.remote.RemoteHooks;
import dev.larder.jdbc.internal.route.Router;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One data source at work: what can be asked of it, and the order in which it ends. Thread-safe.
 */
public final class DataSourceRuntime implements AutoCloseable {

  private final DataSourceParts parts;
  private final ConnectionSource connections;
  private final Invalidation hooks;
  private final SharedLedger ledger;
  private final @Nullable Refresher refresher;
  private final List<Runnable> closing;

  /**
   * What a console shows of it.
   *
   * @param name what it reads from, without secrets
   */
  record Shown(String name, Respondent reports) {}

  /**
   * @throws InvalidSettingsException where hooks for those outside cannot be had
   */
  DataSourceRuntime(DataSourceParts parts, ConnectionSource connections, Shown shown) {
    this.parts = parts;
    this.connections = connections;
    this.hooks = new InvalidationHooks(connections, parts.listeners(), parts.sources());
    this.ledger = new LedgerAccess(connections, hooks);
    this.refresher = refresher(parts, connections);
    @Nullable RemoteHooks remote;
    try {
      remote = RemoteHooks.open(parts.settings().sources(), hooks);
    } catch (InvalidSettingsException refused) {
      closing(parts, connections, null, null).forEach(Runnable::run);
      throw refused;
    }
    ConsoleModule.Opened console =
        Consoles.open(parts.settings().console().port(), new ConsoleAccess(parts, hooks, shown));
    this.closing = closing(parts, connections, remote, console);
    if (refresher != null) {
      parts.listeners().add(refresher);
      refresher.start();
    }
    PinnedTables pins = parts.pins();
    if (pins != null) {
      parts.listeners().add(pins);
      pins.start(new PinnedTableReader(connections, parts.pool()::hasSpare));
    }
    Prefetcher prefetcher = parts.prefetcher();
    if (prefetcher != null) {
      prefetcher.start(new PrefetchLoader(connections));
    }
  }

  private static @Nullable Refresher refresher(
      DataSourceParts parts, ConnectionSource connections) {
    HotAnswers hot = parts.hot();
    return hot == null
        ? null
        : new Refresher(
            hot,
            new AnswerRenewal(connections),
            new RefreshLimits(parts.settings().ahead().maxLoad(), parts.admissions()::savedNanos),
            parts.pool()::hasSpare,
            parts.counters());
  }

  /**
   * Those who bring changes go first, and what tells other nodes of this one's writes goes last.
   */
  private List<Runnable> closing(
      DataSourceParts parts,
      ConnectionSource connections,
      @Nullable RemoteHooks remote,
      ConsoleModule.@Nullable Opened console) {
    List<Runnable> order = new ArrayList<>();
    if (console != null) {
      order.add(console::close);
    }
    if (remote != null) {
      order.add(remote::close);
    }
    order.add(parts.sources()::close);
    if (refresher != null) {
      order.add(refresher::close);
    }
    Prefetcher prefetcher = parts.prefetcher();
    if (prefetcher != null) {
      order.add(prefetcher::close);
    }
    order.add(parts.store()::close);
    HotAnswers hot = parts.hot();
    if (hot != null) {
      order.add(hot::close);
    }
    PinnedTables pins = parts.pins();
    if (pins != null) {
      order.add(pins::close);
    }
    Router router = parts.router();
    if (router != null) {
      order.add(router::close);
    }
    order.add(parts.pool()::close);
    order.add(() -> parts.sources().leave(() -> !parts.pool().hasLent()));
    order.add(parts.listeners()::close);
    order.add(connections::forget);
    return List.copyOf(order);
  }

  /** A connection; it borrows a physical one when a statement must reach the database. */
  public Connection connect() throws SQLException {
    return connections.connect();
  }

  /** A connection for other credentials, after the database has accepted them. */
  public Connection connect(String user, @Nullable String password) throws SQLException {
    return connections.connect(user, password);
  }

  /** Sees whether the database takes the configured credentials. */
  public void verify() throws SQLException {
    parts.pool().verify();
  }

  /** What {@code explain} says, for a session that has set nothing. */
  public Explanation explain(String sql) throws SQLException {
    return connections.ask((executor, connection) -> Explainer.explain(executor, connection, sql));
  }

  public Statistics statistics() {
    return StatisticsReader.read(parts);
  }

  public Invalidation invalidation() {
    return hooks;
  }

  /** What a cache above this data source may ask. */
  public SharedLedger sharedLedger() {
    return ledger;
  }

  @Override
  public void close() {
    RuntimeException first = null;
    for (Runnable each : closing) {
      try {
        each.run();
      } catch (RuntimeException e) {
        // The rest is closed all the same.
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
