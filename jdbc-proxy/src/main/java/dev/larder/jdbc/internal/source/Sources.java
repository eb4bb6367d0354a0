package dev.larder.jdbc.internal.source;

import dev.larder.invalidation.Ledger;
import dev.larder.invalidation.SourceReport;
import dev.larder.invalidation.source.Coverage;
import dev.larder.invalidation.source.SourceWatch;
import dev.larder.jdbc.InvalidSettingsException;
import dev.larder.jdbc.Setting;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.execution.ConnectionLender;
import dev.larder.jdbc.internal.pool.DriverUrl;
import dev.larder.jdbc.internal.pool.Origin;
import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.jdbc.internal.settings.SourceSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The sources that the settings ask for. Thread-safe.
 *
 * <p>They start when the database is known, since what they report goes to its ledger: before that
 * nothing of it can be in memory.
 */
public final class Sources implements AutoCloseable {

  private final SourceSettings settings;
  private final Duration maxStaleness;
  private final @Nullable PostgresTarget target;
  private final List<SourceWatch> watches = new CopyOnWriteArrayList<>();
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private boolean closed;

  private Sources(SourceSettings settings, Duration maxStaleness, @Nullable PostgresTarget target) {
    this.settings = settings;
    this.maxStaleness = maxStaleness;
    this.target = target;
  }

  /**
   * Looks at what can be told without reaching the database.
   *
   * @throws InvalidSettingsException where a source cannot be had over this origin
   */
  public static Sources of(Settings settings, Origin origin) {
    SourceSettings asked = settings.sources();
    if (!settings.enabled() || asked.postgres() == SourceSettings.Postgres.OFF) {
      return new Sources(asked, settings.maxStaleness(), null);
    }
    List<String> problems = new ArrayList<>();
    Optional<Origin.Url> url = url(asked, origin, problems);
    if (url.isEmpty() || !problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return new Sources(
        asked, settings.maxStaleness(), new PostgresTarget(url.get(), settings.maxStaleness()));
  }

  private static Optional<Origin.Url> url(
      SourceSettings asked, Origin origin, List<String> problems) {
    String setting = Setting.INVALIDATION_POSTGRES.property() + " = " + asked.word();
    try {
      Class.forName("org.postgresql.PGConnection", false, Sources.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError absent) {
      problems.add(setting + ": needs PostgreSQL's driver on the class path");
      return Optional.empty();
    }
    if (!asked.postgresUrl().isEmpty()) {
      try {
        return Optional.of(Origin.of(asked.postgresUrl(), null, null, null, new Properties()));
      } catch (SQLException unusable) {
        problems.add(Setting.INVALIDATION_POSTGRES_URL.property() + ": no driver takes it");
        return Optional.empty();
      }
    }
    Optional<Origin.Url> own = DriverUrl.of(origin);
    if (own.isEmpty()) {
      problems.add(
          setting
              + ": the wrapped DataSource does not tell its URL; set "
              + Setting.INVALIDATION_POSTGRES_URL.property());
    } else if (!own.get().url().startsWith("jdbc:postgresql:")) {
      problems.add(setting + ": the DataSource's URL does not begin with jdbc:postgresql:");
      return Optional.empty();
    }
    return own;
  }

  /**
   * Starts them, once the database is known.
   *
   * @param reader null where Larder knows no catalogue
   * @param readers lends connections of the DataSource itself
   * @param cells what a change to a table changes in the ledger
   * @return what they can prove
   */
  public synchronized Coverage start(
      Ledger ledger, @Nullable CatalogueReader reader, ConnectionLender readers, Reported cells) {
    if (target == null || reader == null || closed) {
      return Coverage.NONE;
    }
    PostgresIdentity identity = new PostgresIdentity(ledger.identity(), readers);
    PostgresSource source =
        settings.postgres() == SourceSettings.Postgres.NOTIFY
            ? new Notifications(target, identity, new NotifyTriggers(settings.triggers()), cells)
            : new LogicalReplication(
                target, identity, settings.publication(), settings.maxRetainedWal(), cells);
    DefinitionsPoll definitions =
        new DefinitionsPoll(
            reader,
            () -> target.open("definitions"),
            ledger,
            maxStaleness,
            source::definitionsChanged);
    SourceWatch watch = new SourceWatch(source, ledger, maxStaleness);
    running.push(definitions.start());
    running.push(watch.start());
    watches.add(watch);
    return new Coverage(List.of(watch), definitions);
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
    for (AutoCloseable each : ending) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
