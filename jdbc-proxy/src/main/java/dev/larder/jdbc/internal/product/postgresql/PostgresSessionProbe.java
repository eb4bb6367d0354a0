package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.jdbc.internal.session.Backend;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.Refusal;
import dev.larder.jdbc.internal.session.SchemaList;
import dev.larder.jdbc.internal.session.SessionBaseline;
import dev.larder.jdbc.internal.session.SessionProbe;
import dev.larder.jdbc.internal.session.SessionRules;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a PostgreSQL session what it begins with. Thread-safe. */
final class PostgresSessionProbe implements SessionProbe {

  private static final Logger log = LoggerFactory.getLogger(PostgresSessionProbe.class);

  /*
   * Every setting that a session can have and that is not known to be harmless; those whose names have a dot are a module's, and
   * listed only once it is loaded. Of the settings that somebody made up the server lists none: the roles' and databases' defaults
   * are asked for, and what definitions read. A setting whose source is the session was set before anybody here was lent the
   * connection, by its driver or a pool, so that RESET would not bring it back.
   */
  private static final String SETTINGS =
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

  @Override
  public SessionRules rules() {
    return PostgreSql.SESSIONS;
  }

  @Override
  public PhysicalProfile profile(Connection c, Request request) throws SQLException {
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
      String names = "'" + String.join("|", request.customNames()).replace("'", "''") + "'";
      try (ResultSet rows = statement.executeQuery(SETTINGS.formatted(names))) {
        while (rows.next()) {
          String name = text(rows.getString(1));
          String value = rows.getString(2);
          switch (text(rows.getString(4))) {
            case "s" -> {
              if (text(rows.getString(3)).equals("session") && !name.startsWith("transaction_")) {
                setBefore.put(name, text(value));
              }
              if (!PostgresSettings.isNeutral(name)) {
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
            rules(),
            new DatabaseIdentity("postgresql", system(c) + "/" + database),
            request.driver(),
            settings,
            customs,
            setBefore.keySet(),
            SchemaList.parse(settings.getOrDefault("search_path", "")),
            database,
            schema,
            request.autoCommit(),
            isolation);
    return new PhysicalProfile(
        baseline,
        new Backend(backend, backend == driversBackend(c)),
        serverStart,
        defaults.toString(),
        new PostgresRestoration(restored, asked),
        request.basis());
  }

  private static String system(Connection c) throws SQLException {
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
