package dev.larder.jdbc;

import dev.larder.jdbc.internal.catalog.FunctionDeclarations;
import dev.larder.jdbc.internal.pool.KnownDataSources;
import dev.larder.jdbc.internal.pool.Origin;
import dev.larder.jdbc.internal.pool.Pool;
import dev.larder.jdbc.internal.proxy.Gateway;
import dev.larder.jdbc.internal.route.Router;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.SessionProfiler;
import dev.larder.jdbc.internal.settings.JdbcUrl;
import dev.larder.jdbc.internal.settings.LarderUrl;
import dev.larder.jdbc.internal.settings.SettingChecks;
import dev.larder.jdbc.internal.settings.SettingNames;
import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.jdbc.internal.settings.SettingsText;
import dev.larder.jdbc.internal.source.Sources;
import dev.larder.jdbc.internal.transport.StreamTransports;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What a DataSource is told before it starts, whichever way it is told. Not thread-safe: guarded by
 * its owner.
 */
final class Configuration {

  /** In seconds: a replica that hangs must not hold up those who connect to it. */
  private static final Map<String, String> REPLICA_TIME_LIMITS =
      Map.of("connectTimeout", "2", "loginTimeout", "3");

  private static final SettingChecks CHECKS =
      new SettingChecks(FunctionDeclarations::parse, StreamTransports::problem);

  @Nullable String url;
  @Nullable String username;
  @Nullable String password;
  @Nullable String driverClassName;
  @Nullable DataSource dataSource;
  String settingsText = "";
  Properties settings = new Properties();
  Properties driverProperties = new Properties();

  /**
   * Starts what the configuration says; opens no connection.
   *
   * @throws InvalidSettingsException naming every mistake in the settings, and a source that cannot
   *     be had over this database
   * @throws SQLException 08001 for a URL that no driver takes
   */
  Started start() throws SQLException {
    LarderUrl parsed = url == null ? null : parse(url);
    List<String> problems = new ArrayList<>();
    if (url == null && dataSource == null) {
      problems.add("url: a URL or a DataSource must be given");
    }
    if (url != null && dataSource != null) {
      problems.add("url: not both a URL and a DataSource can be given");
    }
    if (dataSource != null
        && (username != null || password != null || !driverProperties.isEmpty())) {
      problems.add("username, password and driver properties belong to the wrapped DataSource");
    }
    Settings read = settings(parsed == null ? Map.of() : parsed.settings(), problems);
    if (!problems.isEmpty() || read == null) {
      throw new InvalidSettingsException(problems);
    }
    Origin origin =
        parsed == null
            ? Origin.of(Objects.requireNonNull(dataSource))
            : Origin.of(parsed.driverUrl(), driverClass(), username, password, driverProperties);
    Sources sources = Sources.of(read, origin);
    String whyNoCaching =
        dataSource == null ? null : KnownDataSources.whyNoCaching(dataSource).orElse(null);
    SessionProfiler profiler = new SessionProfiler();
    Pool<PhysicalProfile> pool = new Pool<>(origin, read.pool(), profiler::profile);
    Router router = router(read, origin, profiler);
    Gateway gateway = new Gateway(pool, router, profiler, read, sources, whyNoCaching);
    try {
      gateway.openRemoteHooks();
    } catch (InvalidSettingsException refused) {
      gateway.close();
      throw refused;
    }
    return new Started(gateway, pool);
  }

  private @Nullable Router router(Settings read, Origin primary, SessionProfiler profiler)
      throws SQLException {
    List<String> problems = new ArrayList<>();
    if (read.replicas().isEmpty()) {
      return null;
    }
    if (!isPostgres(primary) || !read.replicas().stream().allMatch(Configuration::isPostgres)) {
      problems.add(
          Setting.REPLICAS.property()
              + ": replicas are used with PostgreSQL only, as its driver's"
              + " URLs");
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
    for (String replica : read.replicas()) {
      origins.add(replicaOrigin(replica));
    }
    return Router.over(origins, read.pool(), profiler::profile, read.replicasMaxLag());
  }

  private Origin replicaOrigin(String replicaUrl) throws SQLException {
    Properties properties = new Properties();
    driverProperties.forEach(properties::put);
    JdbcUrl parts = JdbcUrl.of(replicaUrl);
    REPLICA_TIME_LIMITS.forEach(
        (name, value) -> {
          if (parts.parameters().stream().noneMatch(p -> JdbcUrl.name(p).equals(name))) {
            properties.putIfAbsent(name, value);
          }
        });
    boolean ownUser = parts.parameters().stream().anyMatch(p -> JdbcUrl.name(p).equals("user"));
    return Origin.of(
        replicaUrl,
        driverClass(),
        ownUser ? null : username,
        ownUser ? null : password,
        properties);
  }

  /** A wrapped DataSource may be any product's: what it is shows with its first connection. */
  private static boolean isPostgres(Origin origin) {
    return !(origin instanceof Origin.Url primary) || isPostgres(primary.url());
  }

  private static boolean isPostgres(String driverUrl) {
    return driverUrl.startsWith("jdbc:postgresql:");
  }

  private static boolean hasBreaker() {
    try {
      Class.forName(
          "io.github.resilience4j.circuitbreaker.CircuitBreaker",
          false,
          Configuration.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError absent) {
      return false;
    }
  }

  /** What runs once the configuration is sealed. */
  record Started(Gateway gateway, Pool<PhysicalProfile> pool) {}

  private static LarderUrl parse(String url) throws SQLException {
    try {
      return LarderUrl.parse(url);
    } catch (IllegalArgumentException malformed) {
      throw new SQLNonTransientConnectionException(malformed.getMessage(), "08001", malformed);
    }
  }

  /** Containers name the driver of the URL they see, which is Larder's own. */
  private @Nullable String driverClass() {
    return LarderDriver.class.getName().equals(driverClassName) ? null : driverClassName;
  }

  private @Nullable Settings settings(Map<String, String> fromUrl, List<String> problems) {
    Properties all = new Properties();
    settings.stringPropertyNames().forEach(n -> all.setProperty(n, settings.getProperty(n)));
    settings.forEach(all::putIfAbsent);
    merge(fromUrl, all, problems);
    try {
      merge(SettingsText.parse(settingsText), all, problems);
    } catch (IllegalArgumentException malformed) {
      problems.add("settings: " + malformed.getMessage());
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

  /** What is read from, without passwords. */
  @Override
  public String toString() {
    if (dataSource != null) {
      return dataSource.getClass().getName();
    }
    return url == null ? "not configured" : JdbcUrl.of(url).withoutSecrets();
  }
}
