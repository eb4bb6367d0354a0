package dev.larder.jdbc.internal.session;

import dev.larder.invalidation.DatabaseIdentity;
import dev.larder.invalidation.TrackedFootprint;
import dev.larder.jdbc.internal.analysis.Dialect;
import dev.larder.jdbc.internal.analysis.ProductSettings;
import dev.larder.jdbc.internal.session.SessionBaseline.Driver;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a physical connection what database it reached and what its session begins with.
 * Thread-safe.
 */
public final class SessionProfiler {

  private static final Logger log = LoggerFactory.getLogger(SessionProfiler.class);

  /** How often one connection is asked. */
  private static final int ATTEMPTS = 3;

  /** How many connections in a row may fail before one is used of which nothing is known. */
  private static final int MOST_FAILED_IN_A_ROW = 3;

  private final AtomicInteger failedInARow = new AtomicInteger();
  private final CustomSettings customSettings = new CustomSettings();
  private volatile @Nullable TrackedFootprint definitions;

  /** What it asks for beyond what the product lists. */
  public CustomSettings customSettings() {
    return customSettings;
  }

  /** From now on profiles tell under which definitions they were read. */
  public void under(TrackedFootprint tracked) {
    definitions = tracked;
  }

  /** Whether a profile that was read under {@code basis} still holds. */
  public boolean holds(PhysicalProfile.@Nullable Basis basis) {
    return basis != null
        && basis.customNames() == customSettings.count()
        && basis.definitions().isCurrent();
  }

  /** Whether reading a profile now would give one that holds. */
  public boolean mayRead() {
    TrackedFootprint tracked = definitions;
    return tracked != null && !tracked.stamp().wasOpen();
  }

  private PhysicalProfile.@Nullable Basis basis() {
    TrackedFootprint tracked = definitions;
    int names = customSettings.count();
    return tracked == null ? null : new PhysicalProfile.Basis(tracked.stamp(), names);
  }

  /**
   * Profiles a connection on which nothing is set and no transaction has begun.
   *
   * @throws SQLException if the connection does not answer at all; what merely cannot be told makes
   *     the profile vaguer
   */
  public PhysicalProfile profile(Connection connection) throws SQLException {
    PhysicalProfile.Basis basis = basis();
    DatabaseMetaData metaData = connection.getMetaData();
    String product = metaData.getDatabaseProductName();
    Driver driver = new Driver(text(metaData.getDriverName()), text(metaData.getDriverVersion()));
    Dialect dialect = dialect(product);
    boolean autoCommit = connection.getAutoCommit();
    for (int attempt = 1; ; attempt++) {
      try {
        PhysicalProfile profile =
            switch (dialect) {
              case POSTGRESQL -> postgres(connection, driver, autoCommit, basis);
              case MARIADB -> mariadb(connection, driver, autoCommit, basis);
              case H2 -> h2(connection, driver, autoCommit, basis);
              case OTHER -> other(connection, product, driver, autoCommit, basis);
            };
        failedInARow.set(0);
        return profile;
      } catch (SQLException e) {
        boolean isRefusal = Refusal.is(e);
        if (!isRefusal && (attempt < ATTEMPTS && !connection.isClosed())) {
          log.debug("A connection could not be asked what its session is; it is asked again", e);
          continue;
        }
        if (!isRefusal
            && (connection.isClosed() || failedInARow.incrementAndGet() < MOST_FAILED_IN_A_ROW)) {
          // Perhaps the next connection can.
          throw e;
        }
        log.warn("Cannot tell what this session is; its queries are not cached", e);
        return unknown(connection, dialect, driver, autoCommit, basis);
      } finally {
        if (!autoCommit) {
          connection.rollback();
        }
      }
    }
  }

  private static Dialect dialect(String product) {
    return switch (product.toLowerCase(Locale.ROOT)) {
      case "postgresql" -> Dialect.POSTGRESQL;
      case "mariadb" -> Dialect.MARIADB;
      case "h2" -> Dialect.H2;
      default -> Dialect.OTHER;
    };
  }

  /*
   * Every setting that a session can have and that is not known to be harmless; those whose names have a dot are a module's, and
   * listed only once it is loaded. Of the settings that somebody made up the server lists none: the roles' and databases' defaults
   * are asked for, and what definitions read. A setting whose source is the session was set before anybody here was lent the
   * connection, by its driver or a pool, so that RESET would not bring it back.
   */
  private static final String POSTGRES_SETTINGS =
      """
      select lower(name), setting, source, 's' from pg_catalog.pg_settings
      where context in ('user', 'superuser', 'backend', 'superuser-backend')
          and position('.' in name) = 0
      union all select 'role', pg_catalog.current_setting('role'), '', 's'
      union all select pg_catalog.lower(n.name), pg_catalog.current_setting(n.name, true), '', 'c'
      from (select pg_catalog.unnest(pg_catalog.string_to_array(%s, '|')) as name
          union select pg_catalog.split_part(c.config, '=', 1)
          from pg_catalog.pg_db_role_setting d, pg_catalog.unnest(d.setconfig) c(config)
          where pg_catalog.strpos(pg_catalog.split_part(c.config, '=', 1), '.') > 0) n
      union all select d.setdatabase || '/' || d.setrole, d.setconfig::text, '', 'd'
      from pg_catalog.pg_db_role_setting d
      where d.setrole in (0, (select oid from pg_catalog.pg_roles where rolname = session_user))
          and d.setdatabase in (0, (select oid from pg_catalog.pg_database
              where datname = pg_catalog.current_database()))
      order by 4, 1
      """;

  private PhysicalProfile postgres(
      Connection c, Driver driver, boolean autoCommit, PhysicalProfile.@Nullable Basis basis)
      throws SQLException {
    Map<String, String> settings = new HashMap<>();
    Map<String, String> customs = new HashMap<>();
    Map<String, String> setBefore = new HashMap<>();
    Set<String> asked = new HashSet<>();
    StringBuilder defaults = new StringBuilder();
    String database;
    long backend;
    String schema;
    long serverStart;
    try (Statement statement = c.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "select current_user, session_user, current_database(), pg_backend_pid(),"
                  + " current_schema(),"
                  + " (extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint")) {
        row.next();
        settings.put("user", text(row.getString(1)));
        settings.put("session_user", text(row.getString(2)));
        database = text(row.getString(3));
        backend = row.getLong(4);
        schema = row.getString(5);
        serverStart = row.getLong(6);
      }
      String names = "'" + String.join("|", customSettings.names()).replace("'", "''") + "'";
      try (ResultSet rows = statement.executeQuery(POSTGRES_SETTINGS.formatted(names))) {
        while (rows.next()) {
          String name = text(rows.getString(1));
          String value = rows.getString(2);
          switch (text(rows.getString(4))) {
            case "s" -> {
              if (text(rows.getString(3)).equals("session") && !name.startsWith("transaction_")) {
                setBefore.put(name, text(value));
              }
              if (!ProductSettings.isNeutral(Dialect.POSTGRESQL, name)) {
                settings.put(name, text(value));
              }
            }
            case "c" -> {
              asked.add(name);
              if (value != null) {
                customs.put(name, value);
              }
            }
            default -> defaults.append(name).append('=').append(text(value)).append('\n');
          }
        }
      }
    }
    Map<String, String> restored = new HashMap<>(setBefore);
    restored.put("role", settings.getOrDefault("role", "none"));
    restored.putAll(customs);
    int isolation = isolation(settings.getOrDefault("transaction_isolation", ""));
    SessionBaseline baseline =
        new SessionBaseline(
            Dialect.POSTGRESQL,
            new DatabaseIdentity("postgresql", postgresSystem(c) + "/" + database),
            driver,
            settings,
            customs,
            setBefore.keySet(),
            SchemaList.parse(settings.getOrDefault("search_path", "")),
            database,
            schema,
            autoCommit,
            isolation);
    return new PhysicalProfile(
        baseline,
        new Backend(backend, backend == driversBackend(c)),
        serverStart,
        defaults.toString(),
        new Restoration(Dialect.POSTGRESQL, restored, asked),
        basis);
  }

  private static String postgresSystem(Connection c) throws SQLException {
    try (Statement statement = c.createStatement();
        ResultSet row =
            statement.executeQuery("select system_identifier from pg_control_system()")) {
      row.next();
      return text(row.getString(1));
    } catch (SQLException e) {
      if (!Refusal.is(e)) {
        throw e;
      }
      // Anybody may call it unless somebody took the right away. All who lack it share a ledger by
      // the database's name; a user who has it, in the same JVM, would not share theirs.
      log.debug("pg_control_system() is not for this user", e);
      return "";
    }
  }

  /** The number in the driver's own key for this connection; a pooler in between gives another. */
  private static long driversBackend(Connection c) {
    try {
      Class<?> type = Class.forName("org.postgresql.PGConnection", true, driverLoader(c));
      Object own = c.unwrap(type);
      return ((Number) type.getMethod("getBackendPID").invoke(own)).longValue();
    } catch (ReflectiveOperationException | SQLException | RuntimeException e) {
      return -1;
    }
  }

  private static @Nullable ClassLoader driverLoader(Connection c) throws SQLException {
    return c.unwrap(Connection.class).getClass().getClassLoader();
  }

  private static final Set<String> MARIADB_SERVER =
      Set.of(
          "system_time_zone",
          "server_uid",
          "hostname",
          "port",
          "datadir",
          "lower_case_table_names",
          "date_format",
          "datetime_format",
          "time_format");

  private static final String MARIADB_VARIABLES =
      Stream.of(
              ProductSettings.keyedOfMariaDb(), ProductSettings.neutralOfMariaDb(), MARIADB_SERVER)
          .flatMap(Set::stream)
          .map(name -> "'" + name + "'")
          .collect(Collectors.joining(","));

  private static PhysicalProfile mariadb(
      Connection c, Driver driver, boolean autoCommit, PhysicalProfile.@Nullable Basis basis)
      throws SQLException {
    Map<String, String> settings = new HashMap<>();
    Map<String, String> restored = new HashMap<>();
    StringBuilder defaults = new StringBuilder();
    String database;
    long backend;
    try (Statement statement = c.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "select current_user(), current_role(), database(), connection_id(), user(),"
                  + " (select group_concat(role_name) from information_schema.applicable_roles"
                  + " where is_default = 'YES'), @@global.init_connect")) {
        row.next();
        settings.put("user", text(row.getString(1)));
        String role = text(row.getString(2));
        settings.put("role", role.isEmpty() ? "none" : role);
        settings.put("client", text(row.getString(5)));
        database = row.getString(3);
        backend = row.getLong(4);
        defaults.append(row.getString(6)).append('\n').append(row.getString(7)).append('\n');
      }
      try (ResultSet rows =
          statement.executeQuery(
              "show session variables where variable_name in (" + MARIADB_VARIABLES + ")")) {
        while (rows.next()) {
          String name = text(rows.getString(1)).toLowerCase(Locale.ROOT);
          restored.put(name, text(rows.getString(2)));
          if (!ProductSettings.isNeutral(Dialect.MARIADB, name)) {
            settings.put(name, text(rows.getString(2)));
          }
        }
      }
      // What a session begins with that is opened now; of the databases' own, each has others.
      try (ResultSet rows =
          statement.executeQuery(
              "show global variables where variable_name in ("
                  + MARIADB_VARIABLES
                  + ") and variable_name not in ('character_set_database',"
                  + " 'collation_database')")) {
        while (rows.next()) {
          if (!ProductSettings.isNeutral(Dialect.MARIADB, text(rows.getString(1)))) {
            defaults.append(rows.getString(1)).append('=').append(rows.getString(2)).append('\n');
          }
        }
      }
    }
    String server = settings.get("server_uid");
    if (server == null) {
      server =
          settings.get("hostname") + ":" + settings.get("port") + ":" + settings.get("datadir");
    }
    restored.put("role", settings.getOrDefault("role", "none"));
    if (database != null) {
      restored.put("schema", database);
    }
    String level =
        settings.getOrDefault(
            "transaction_isolation", settings.getOrDefault("tx_isolation", "REPEATABLE-READ"));
    SessionBaseline baseline =
        new SessionBaseline(
            Dialect.MARIADB,
            new DatabaseIdentity("mariadb", server),
            driver,
            settings,
            Map.of(),
            Set.of(),
            database == null ? List.of() : List.of(database),
            database,
            null,
            autoCommit,
            isolation(level.replace('-', ' ')));
    return new PhysicalProfile(
        baseline,
        new Backend(backend, true),
        0,
        defaults.toString(),
        new Restoration(Dialect.MARIADB, restored, Set.of()),
        basis);
  }

  private static PhysicalProfile h2(
      Connection c, Driver driver, boolean autoCommit, PhysicalProfile.@Nullable Basis basis)
      throws SQLException {
    Map<String, String> settings = new HashMap<>();
    Map<String, String> restored = new HashMap<>();
    String database;
    String path;
    String schema;
    long backend;
    try (Statement statement = c.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "select current_user, database(), database_path(), schema(), session_id(),"
                  + " lock_timeout()")) {
        row.next();
        settings.put("user", text(row.getString(1)));
        database = text(row.getString(2));
        path = text(row.getString(3));
        schema = row.getString(4);
        backend = row.getLong(5);
        restored.put("lock_timeout", text(row.getString(6)));
      }
      try (ResultSet rows =
          statement.executeQuery(
              "select setting_name, setting_value from information_schema.settings")) {
        while (rows.next()) {
          settings.put(text(rows.getString(1)).toLowerCase(Locale.ROOT), text(rows.getString(2)));
        }
      }
    }
    settings.keySet().removeIf(name -> name.startsWith("info.") || name.startsWith("property."));
    for (String name : H2_RESTORED) {
      String value = settings.get(name);
      if (value != null) {
        restored.put(name, value);
      }
    }
    String zone = settings.get("time zone");
    if (zone != null) {
      settings.put("timezone", zone);
      restored.put("timezone", zone);
    }
    settings.remove("query_timeout");
    if (schema != null) {
      restored.put("schema", schema);
    }
    int isolation = c.getTransactionIsolation();
    restored.put("isolation", isolation(isolation));
    String url = text(c.getMetaData().getURL());
    // Every connection to an unnamed database in memory opens a database of its own.
    boolean unnamed = url.equals("jdbc:h2:mem:") || url.startsWith("jdbc:h2:mem:;");
    SessionBaseline baseline =
        new SessionBaseline(
            Dialect.H2,
            unnamed ? null : new DatabaseIdentity("h2", path.isEmpty() ? "mem:" + database : path),
            driver,
            settings,
            Map.of(),
            Set.of(),
            schema == null ? List.of() : List.of(schema),
            c.getCatalog(),
            schema,
            autoCommit,
            isolation);
    return new PhysicalProfile(
        baseline,
        new Backend(backend, true),
        0,
        "",
        new Restoration(Dialect.H2, restored, Set.of()),
        basis);
  }

  private static final List<String> H2_RESTORED =
      List.of(
          "query_timeout", "variable_binary", "truncate_large_length", "old_information_schema");

  private static PhysicalProfile other(
      Connection c,
      String product,
      Driver driver,
      boolean autoCommit,
      PhysicalProfile.@Nullable Basis basis)
      throws SQLException {
    DatabaseMetaData metaData = c.getMetaData();
    String url = metaData.getURL();
    String user = metaData.getUserName();
    String schema = c.getSchema();
    String bare = url == null ? null : url.split("[?;]", 2)[0];
    SessionBaseline baseline =
        new SessionBaseline(
            Dialect.OTHER,
            bare == null ? null : new DatabaseIdentity(product.toLowerCase(Locale.ROOT), bare),
            driver,
            Map.of("user", text(user), "url", text(url)),
            Map.of(),
            Set.of(),
            schema == null ? List.of() : List.of(schema),
            c.getCatalog(),
            schema,
            autoCommit,
            c.getTransactionIsolation());
    return untold(baseline, basis);
  }

  private static PhysicalProfile unknown(
      Connection c,
      Dialect dialect,
      Driver driver,
      boolean autoCommit,
      PhysicalProfile.@Nullable Basis basis)
      throws SQLException {
    SessionBaseline baseline =
        new SessionBaseline(
            dialect,
            null,
            driver,
            Map.of(),
            Map.of(),
            Set.of(),
            List.of(),
            c.getCatalog(),
            c.getSchema(),
            autoCommit,
            c.getTransactionIsolation());
    return untold(baseline, basis);
  }

  private static PhysicalProfile untold(
      SessionBaseline baseline, PhysicalProfile.@Nullable Basis basis) {
    Restoration nothing = new Restoration(Dialect.OTHER, Map.of(), Set.of());
    return new PhysicalProfile(baseline, Backend.UNKNOWN, 0, "", nothing, basis);
  }

  private static String isolation(int level) {
    return switch (level) {
      case Connection.TRANSACTION_READ_UNCOMMITTED -> "read uncommitted";
      case Connection.TRANSACTION_READ_COMMITTED -> "read committed";
      case Connection.TRANSACTION_REPEATABLE_READ -> "repeatable read";
      case Connection.TRANSACTION_SERIALIZABLE -> "serializable";
      default -> "snapshot";
    };
  }

  private static int isolation(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "read uncommitted" -> Connection.TRANSACTION_READ_UNCOMMITTED;
      case "read committed" -> Connection.TRANSACTION_READ_COMMITTED;
      case "repeatable read" -> Connection.TRANSACTION_REPEATABLE_READ;
      default -> Connection.TRANSACTION_SERIALIZABLE;
    };
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
