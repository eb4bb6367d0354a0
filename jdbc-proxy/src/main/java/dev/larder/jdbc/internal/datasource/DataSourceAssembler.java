package dev.larder.jdbc.internal.datasource;

import dev.larder.jdbc.InvalidSettingsException;
import dev.larder.jdbc.Setting;
import dev.larder.jdbc.internal.admission.AdmissionPolicy;
import dev.larder.jdbc.internal.ahead.HotAnswers;
import dev.larder.jdbc.internal.ask.Respondent;
import dev.larder.jdbc.internal.ask.report.Observed;
import dev.larder.jdbc.internal.ask.report.Reports;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations;
import dev.larder.jdbc.internal.console.Consoles;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.observe.TableChanges;
import dev.larder.jdbc.internal.pin.PinnedTables;
import dev.larder.jdbc.internal.pool.KnownDataSources;
import dev.larder.jdbc.internal.pool.Origin;
import dev.larder.jdbc.internal.pool.Pool;
import dev.larder.jdbc.internal.prefetch.Prefetcher;
import dev.larder.jdbc.internal.prefetch.WaitingAnswers;
import dev.larder.jdbc.internal.proxy.ConnectionSource;
import dev.larder.jdbc.internal.route.Router;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.SessionProfiler;
import dev.larder.jdbc.internal.settings.Admission;
import dev.larder.jdbc.internal.settings.ConnectionSettings;
import dev.larder.jdbc.internal.settings.JdbcUrl;
import dev.larder.jdbc.internal.settings.LarderUrl;
import dev.larder.jdbc.internal.settings.SettingChecks;
import dev.larder.jdbc.internal.settings.SettingNames;
import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.jdbc.internal.settings.SettingsText;
import dev.larder.jdbc.internal.store.AnswerStore;
import dev.larder.jdbc.internal.store.AnswersAhead;
import dev.larder.jdbc.internal.transport.StreamTransports;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes a data source of what it was told: its settings are judged all at once, and its parts made
 * in the order in which they need each other. Used once, by one thread.
 */
public final class DataSourceAssembler {

  private static final SettingChecks CHECKS =
      new SettingChecks(FunctionDeclarations::parse, StreamTransports::problem, Consoles::problem);

  private static final String LARDERS_OWN_DRIVER = "dev.larder.jdbc.LarderDriver";

  private final DataSourceConfiguration configuration;
  private final DataSource owner;

  /**
   * @param owner what the connections will be from
   */
  public DataSourceAssembler(DataSourceConfiguration configuration, DataSource owner) {
    this.configuration = configuration;
    this.owner = owner;
  }

  /**
   * Makes it; opens no connection.
   *
   * @throws InvalidSettingsException naming every mistake in the settings, and a source that cannot
   *     be had over this database
   * @throws SQLException 08001 for a URL that no driver takes
   */
  public DataSourceRuntime assemble() throws SQLException {
    String url = configuration.url();
    DataSource wrapped = configuration.dataSource();
    LarderUrl parsed = url == null ? null : parse(url);
    Map<Setting, String> given = new EnumMap<>(Setting.class);
    Settings settings = settings(parsed == null ? Map.of() : parsed.settings(), given);
    Origin origin =
        parsed == null
            ? Origin.of(Objects.requireNonNull(wrapped))
            : Origin.of(
                parsed.driverUrl(),
                driverClass(),
                configuration.username(),
                configuration.password(),
                configuration.driverProperties());
    Sources sources = Sources.of(settings, origin);
    SessionProfiler profiler =
        new SessionProfiler(
            name -> Products.named(name).sessionProbe(),
            name -> Products.named(name).serverQueries());
    Counters counters = new Counters();
    Router router = router(settings.connections(), origin, profiler);
    // A passive template's queries would all go to the primary.
    boolean passesOn = settings.memory().admission() == Admission.MEASURED && router == null;
    TableChanges changes = new TableChanges();
    long maxBytes = settings.memory().maxBytes();
    HotAnswers hot = settings.ahead().refreshes() ? new HotAnswers(maxBytes, counters) : null;
    PinnedTables pins =
        settings.ahead().pinned().isEmpty()
            ? null
            : new PinnedTables(settings.ahead().pinned(), maxBytes, counters);
    WaitingAnswers waiting =
        settings.ahead().prefetches() ? new WaitingAnswers(maxBytes, counters) : null;
    Pool<PhysicalProfile> pool = new Pool<>(origin, settings.connections().pool(), profiler);
    long storeBytes =
        maxBytes
            - (hot == null ? 0 : HotAnswers.partOf(maxBytes))
            - (pins == null ? 0 : PinnedTables.partOf(maxBytes))
            - (waiting == null ? 0 : WaitingAnswers.partOf(maxBytes));
    DataSourceParts parts =
        new DataSourceParts(
            settings,
            counters,
            pool,
            profiler,
            router,
            sources,
            new AnswerStore(
                storeBytes,
                counters,
                AnswersAhead.both(hot, waiting),
                !settings.ahead().staleOnError().isZero()),
            hot,
            pins,
            waiting == null ? null : new Prefetcher(waiting, pool::isCalm, counters),
            new AdmissionPolicy(passesOn),
            new ChangeListeners(),
            changes);
    parts.listeners().add(changes);
    String whyNoCaching =
        wrapped == null ? null : KnownDataSources.whyNoCaching(wrapped).orElse(null);
    DatabaseAssembler opener = new DatabaseAssembler(parts, whyNoCaching);
    Respondent reports = reports(parts, opener, given);
    return new DataSourceRuntime(
        parts,
        new ConnectionSource(owner, parts.pool(), profiler, opener, reports),
        new DataSourceRuntime.Shown(configuration.toString(), reports));
  }

  private Respondent reports(
      DataSourceParts parts, DatabaseAssembler opener, Map<Setting, String> given) {
    Sources sources = parts.sources();
    return new Reports(
        new Observed(
            () -> StatisticsReader.read(parts),
            opener::opened,
            parts.store(),
            parts.changes(),
            new Observed.Surroundings(
                configuration.toString(),
                parts.settings(),
                given,
                sources::reports,
                new Observed.Cluster(sources::nodes, sources::tierReport))));
  }

  private @Nullable Router router(ConnectionSettings read, Origin primary, SessionProfiler profiler)
      throws SQLException {
    List<String> problems = new ArrayList<>();
    if (read.replicas().urls().isEmpty()) {
      return null;
    }
    if (!ReplicaDriver.reachesAll(primary, read.replicas().urls())) {
      problems.add(
          Setting.REPLICAS.property()
              + ": replicas are used with PostgreSQL and MySQL only, as URLs of the driver that"
              + " reaches the primary");
    }
    if (!hasBreaker()) {
      problems.add(
          Setting.REPLICAS.property()
              + ": io.github.resilience4j:resilience4j-circuitbreaker must be on the class path");
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    List<Origin> origins = new ArrayList<>();
    for (String replica : read.replicas().urls()) {
      origins.add(replicaOrigin(replica));
    }
    return Router.over(origins, read.pool(), profiler, read.replicas().maxLag());
  }

  private Origin replicaOrigin(String replicaUrl) throws SQLException {
    Properties properties = new Properties();
    configuration.driverProperties().forEach(properties::put);
    JdbcUrl parts = JdbcUrl.of(replicaUrl);
    ReplicaDriver.of(replicaUrl)
        .ifPresent(
            driver ->
                driver
                    .timeLimits()
                    .forEach(
                        (name, value) -> {
                          if (parts.parameters().stream()
                              .noneMatch(p -> JdbcUrl.name(p).equals(name))) {
                            properties.putIfAbsent(name, value);
                          }
                        }));
    boolean ownUser = parts.parameters().stream().anyMatch(p -> JdbcUrl.name(p).equals("user"));
    return Origin.of(
        replicaUrl,
        driverClass(),
        ownUser ? null : configuration.username(),
        ownUser ? null : configuration.password(),
        properties);
  }

  private static boolean hasBreaker() {
    try {
      Class.forName(
          "io.github.resilience4j.circuitbreaker.CircuitBreaker",
          false,
          DataSourceAssembler.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError absent) {
      return false;
    }
  }

  private static LarderUrl parse(String url) throws SQLException {
    try {
      return LarderUrl.parse(url);
    } catch (IllegalArgumentException malformed) {
      throw new SQLNonTransientConnectionException(malformed.getMessage(), "08001", malformed);
    }
  }

  /** Containers name the driver of the URL they see, which is Larder's own. */
  private @Nullable String driverClass() {
    String name = configuration.driverClassName();
    return LARDERS_OWN_DRIVER.equals(name) ? null : name;
  }

  /**
   * @param given is filled with what was given
   */
  private Settings settings(Map<String, String> fromUrl, Map<Setting, String> given) {
    List<String> problems = new ArrayList<>();
    boolean hasUrl = configuration.url() != null;
    boolean wraps = configuration.dataSource() != null;
    if (!hasUrl && !wraps) {
      problems.add("url: a URL or a DataSource must be given");
    }
    if (hasUrl && wraps) {
      problems.add("url: not both a URL and a DataSource can be given");
    }
    if (wraps
        && (configuration.username() != null
            || configuration.password() != null
            || !configuration.driverProperties().isEmpty())) {
      problems.add("username, password and driver properties belong to the wrapped DataSource");
    }
    Settings read = settings(fromUrl, given, problems);
    if (!problems.isEmpty() || read == null) {
      throw new InvalidSettingsException(problems);
    }
    return read;
  }

  private @Nullable Settings settings(
      Map<String, String> fromUrl, Map<Setting, String> texts, List<String> problems) {
    Properties all = new Properties();
    Properties given = configuration.settings();
    given.stringPropertyNames().forEach(n -> all.setProperty(n, given.getProperty(n)));
    given.forEach(all::putIfAbsent);
    merge(fromUrl, all, problems);
    try {
      merge(SettingsText.parse(configuration.settingsText()), all, problems);
    } catch (IllegalArgumentException malformed) {
      problems.add("settings: " + malformed.getMessage());
    }
    for (Setting setting : Setting.values()) {
      Object text = all.get(setting.property());
      if (text != null) {
        texts.put(setting, text.toString());
      }
    }
    try {
      return Settings.from(all, CHECKS);
    } catch (InvalidSettingsException invalid) {
      problems.addAll(invalid.problems());
      return null;
    }
  }

  private static void merge(Map<String, String> more, Properties all, List<String> problems) {
    more.forEach(
        (name, value) -> {
          Object earlier = all.putIfAbsent(name, value);
          if (earlier != null && !earlier.equals(value)) {
            problems.add(
                SettingNames.mayHoldSecret(name)
                    ? name + ": given twice, differently"
                    : name + ": given twice, as " + earlier + " and as " + value);
          }
        });
  }
}
