package dev.larder.jdbc.internal.session;

import dev.larder.invalidation.DatabaseIdentity;
import dev.larder.jdbc.internal.analysis.Dialect;
import dev.larder.jdbc.internal.session.SessionBaseline.Driver;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a new physical connection what database it reached and what its session begins with.
 * Thread-safe.
 */
public final class SessionProfiler {

  private static final Logger log = LoggerFactory.getLogger(SessionProfiler.class);

  private SessionProfiler() {}

  /**
   * Profiles a connection on which nothing was run yet.
   *
   * @throws SQLException if the connection does not answer at all; what merely cannot be told makes
   *     the profile vaguer
   */
  public static PhysicalProfile profile(Connection connection) throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    String product = metaData.getDatabaseProductName();
    Driver driver = new Driver(text(metaData.getDriverName()), text(metaData.getDriverVersion()));
    Dialect dialect = dialect(product);
    boolean autoCommit = connection.getAutoCommit();
    try {
      return switch (dialect) {
        case POSTGRESQL -> postgres(connection, driver, autoCommit);
        case MARIADB -> mariadb(connection, driver, autoCommit);
        case H2 -> h2(connection, driver, autoCommit);
        case OTHER -> other(connection, product, driver, autoCommit);
      };
    } catch (SQLException e) {
      log.warn("Cannot tell what this session is; its queries are not cached", e);
      return unknown(connection, dialect, driver, autoCommit);
    } finally {
      if (!autoCommit) {
        connection.rollback();
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

  /** Settings that the manual's chapters on client connection defaults and compatibility list. */
  private static final List<String> POSTGRES_SETTINGS =
      List.of(
          "role",
          "search_path",
          "TimeZone",
          "DateStyle",
          "IntervalStyle",
          "extra_float_digits",
          "bytea_output",
          "lc_collate",
          "lc_monetary",
          "lc_numeric",
          "lc_time",
          "standard_conforming_strings",
          "array_nulls",
          "transform_null_equals",
          "xmlbinary",
          "xmloption",
          "row_security",
          "client_encoding",
          "session_replication_role",
          "default_text_search_config",
          "transaction_isolation");

  private static PhysicalProfile postgres(Connection c, Driver driver, boolean autoCommit)
      throws SQLException {
    StringBuilder sql =
        new StringBuilder(
            "select current_user, session_user, current_database(), pg_backend_pid(),"
                + " current_schema(),"
                + " (extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint");
    for (String name : POSTGRES_SETTINGS) {
      sql.append(", current_setting('").append(name).append("', true)");
    }
    Map<String, String> settings = new HashMap<>();
    String database;
    long backend;
    String schema;
    long serverStart;
    try (Statement statement = c.createStatement();
        ResultSet row = statement.executeQuery(sql.toString())) {
      row.next();
      settings.put("user", text(row.getString(1)));
      settings.put("session_user", text(row.getString(2)));
      database = text(row.getString(3));
      backend = row.getLong(4);
      schema = row.getString(5);
      serverStart = row.getLong(6);
      for (int i = 0; i < POSTGRES_SETTINGS.size(); i++) {
        settings.put(POSTGRES_SETTINGS.get(i), text(row.getString(7 + i)));
      }
    }
    String system = "";
    try (Statement statement = c.createStatement();
        ResultSet row =
            statement.executeQuery("select system_identifier from pg_control_system()")) {
      row.next();
      system = text(row.getString(1));
    } catch (SQLException e) {
      // Anybody may call it unless somebody took the right away. All who lack it share a ledger by
      // the database's name; a user who has it, in the same JVM, would not share theirs.
      log.debug("pg_control_system() is not for this user", e);
    }
    int isolation = isolation(settings.getOrDefault("transaction_isolation", ""));
    SessionBaseline baseline =
        new SessionBaseline(
            Dialect.POSTGRESQL,
            new DatabaseIdentity("postgresql", system + "/" + database),
            driver,
            settings,
            SchemaList.parse(settings.getOrDefault("search_path", "")),
            database,
            schema,
            autoCommit,
            isolation);
    return new PhysicalProfile(
        baseline, new Backend(backend, backend == driversBackend(c)), serverStart);
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

  private static final String MARIADB_VARIABLES =
      "'sql_mode','time_zone','system_time_zone','character_set_client','character_set_results',"
          + "'character_set_connection','collation_connection','lc_time_names','sql_select_limit',"
          + "'group_concat_max_len','div_precision_increment','default_week_format','old_mode',"
          + "'sql_auto_is_null','tx_isolation','transaction_isolation','server_uid','hostname','port',"
          + "'datadir','max_sort_length','sql_big_selects','max_join_size','max_recursive_iterations',"
          + "'date_format','datetime_format','time_format','system_versioning_asof','old',"
          + "'foreign_key_checks','check_constraint_checks','column_compression_threshold',"
          + "'innodb_snapshot_isolation','lower_case_table_names','character_set_server'";

  private static PhysicalProfile mariadb(Connection c, Driver driver, boolean autoCommit)
      throws SQLException {
    Map<String, String> settings = new HashMap<>();
    String database;
    long backend;
    try (Statement statement = c.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "select current_user(), current_role(), database(), connection_id(), user()")) {
        row.next();
        settings.put("user", text(row.getString(1)));
        settings.put("role", text(row.getString(2)));
        settings.put("client", text(row.getString(5)));
        database = row.getString(3);
        backend = row.getLong(4);
      }
      try (ResultSet rows =
          statement.executeQuery(
              "show session variables where variable_name in (" + MARIADB_VARIABLES + ")")) {
        while (rows.next()) {
          settings.put(text(rows.getString(1)), text(rows.getString(2)));
        }
      }
    }
    String server = settings.get("server_uid");
    if (server == null) {
      server =
          settings.get("hostname") + ":" + settings.get("port") + ":" + settings.get("datadir");
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
            database == null ? List.of() : List.of(database),
            database,
            null,
            autoCommit,
            isolation(level.replace('-', ' ')));
    return new PhysicalProfile(baseline, new Backend(backend, true));
  }

  private static PhysicalProfile h2(Connection c, Driver driver, boolean autoCommit)
      throws SQLException {
    Map<String, String> settings = new HashMap<>();
    String database;
    String path;
    String schema;
    long backend;
    try (Statement statement = c.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "select current_user, database(), database_path(), schema(), session_id()")) {
        row.next();
        settings.put("user", text(row.getString(1)));
        database = text(row.getString(2));
        path = text(row.getString(3));
        schema = row.getString(4);
        backend = row.getLong(5);
      }
      try (ResultSet rows =
          statement.executeQuery(
              "select setting_name, setting_value from information_schema.settings")) {
        while (rows.next()) {
          settings.put(text(rows.getString(1)), text(rows.getString(2)));
        }
      }
    }
    settings.keySet().removeIf(name -> name.startsWith("info.") || name.startsWith("property."));
    String url = text(c.getMetaData().getURL());
    // Every connection to an unnamed database in memory opens a database of its own.
    boolean unnamed = url.equals("jdbc:h2:mem:") || url.startsWith("jdbc:h2:mem:;");
    SessionBaseline baseline =
        new SessionBaseline(
            Dialect.H2,
            unnamed ? null : new DatabaseIdentity("h2", path.isEmpty() ? "mem:" + database : path),
            driver,
            settings,
            schema == null ? List.of() : List.of(schema),
            c.getCatalog(),
            schema,
            autoCommit,
            c.getTransactionIsolation());
    return new PhysicalProfile(baseline, new Backend(backend, true));
  }

  private static PhysicalProfile other(
      Connection c, String product, Driver driver, boolean autoCommit) throws SQLException {
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
            schema == null ? List.of() : List.of(schema),
            c.getCatalog(),
            schema,
            autoCommit,
            c.getTransactionIsolation());
    return new PhysicalProfile(baseline, Backend.UNKNOWN);
  }

  private static PhysicalProfile unknown(
      Connection c, Dialect dialect, Driver driver, boolean autoCommit) throws SQLException {
    return new PhysicalProfile(
        new SessionBaseline(
            dialect,
            null,
            driver,
            Map.of(),
            List.of(),
            c.getCatalog(),
            c.getSchema(),
            autoCommit,
            c.getTransactionIsolation()),
        Backend.UNKNOWN);
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
