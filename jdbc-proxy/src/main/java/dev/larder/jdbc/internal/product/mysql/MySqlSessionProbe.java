package dev.larder.jdbc.internal.product.mysql;

import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.jdbc.internal.analysis.IsolationWords;
import dev.larder.jdbc.internal.product.mysqlprotocol.VariableRestoration;
import dev.larder.jdbc.internal.session.Backend;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.SessionBaseline;
import dev.larder.jdbc.internal.session.SessionProbe;
import dev.larder.jdbc.internal.session.SessionRules;
import dev.larder.jdbc.internal.session.ToldByJdbc;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks a MySQL session what it begins with. Thread-safe. */
final class MySqlSessionProbe implements SessionProbe {

  /**
   * Which run of which server this is: when it started, in seconds, and a part of its name. The
   * uptime is counted from the same moment that unix_timestamp() answers, so that their difference
   * does not move.
   */
  static final String SERVER_START =
      "(unix_timestamp() - (select cast(variable_value as signed) from"
          + " performance_schema.global_status where variable_name = 'Uptime')) * 4294967296"
          + " + crc32(@@global.server_uuid)";

  /** What no two servers have in common, though one has all that the other has. */
  static final Set<String> OF_ONE_SERVER = Set.of("server_uuid", "hostname", "port", "datadir");

  private static final Set<String> SERVER =
      Set.of(
          "system_time_zone",
          "version",
          "server_uuid",
          "hostname",
          "port",
          "datadir",
          "lower_case_table_names",
          "mandatory_roles",
          "activate_all_roles_on_login",
          "partial_revokes",
          "external_user",
          "proxy_user");

  private static final String VARIABLES =
      Stream.of(
              MySqlVariables.ALL.keyed(),
              MySqlVariables.ALL.neutral(),
              MySqlVariables.UNFOLLOWED,
              SERVER)
          .flatMap(Set::stream)
          .map(name -> "'" + name + "'")
          .collect(Collectors.joining(","));

  @Override
  public SessionRules rules() {
    return MySql.SESSIONS;
  }

  @Override
  public PhysicalProfile profile(Connection c, Request request) throws SQLException {
    MySqlServer told = MySqlServer.of(c);
    if (!told.isKnown()) {
      return ToldByJdbc.profile(SessionRules.unsure(told.toString()), c, request);
    }
    String objection = ConnectorConnection.objection(c, request.driver().name());
    if (objection != null) {
      return distrusted(objection, c, request);
    }
    Map<String, String> settings = new HashMap<>();
    Map<String, String> restored = new HashMap<>();
    StringBuilder defaults = new StringBuilder(MySqlFingerprint.ofUser(c)).append('\n');
    String database;
    String role;
    long backend;
    long serverStart;
    try (Statement statement = c.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "select current_user(), current_role(), database(), connection_id(), user(),"
                  + " @@global.init_connect, "
                  + SERVER_START)) {
        row.next();
        settings.put("user", text(row.getString(1)));
        String current = text(row.getString(2));
        role = current.startsWith("`") ? current : "none";
        settings.put("role", role);
        settings.put("client", text(row.getString(5)));
        database = row.getString(3);
        backend = row.getLong(4);
        defaults.append(row.getString(6)).append('\n');
        serverStart = row.getLong(7);
      }
      try (ResultSet rows =
          statement.executeQuery(
              "show session variables where variable_name in (" + VARIABLES + ")")) {
        while (rows.next()) {
          String name = text(rows.getString(1)).toLowerCase(Locale.ROOT);
          restored.put(name, text(rows.getString(2)));
          if (!MySqlVariables.ALL.neutral().contains(name)) {
            settings.put(name, text(rows.getString(2)));
          }
        }
      }
      // What a session begins with that is opened now; of the databases' own, each has others.
      try (ResultSet rows =
          statement.executeQuery(
              "show global variables where variable_name in ("
                  + VARIABLES
                  + ") and variable_name not in ('character_set_database',"
                  + " 'collation_database')")) {
        while (rows.next()) {
          String name = text(rows.getString(1)).toLowerCase(Locale.ROOT);
          if (MySqlVariables.UNFOLLOWED.contains(name)
              && !text(rows.getString(2)).equals(settings.get(name))) {
            return distrusted(name + " differs from the server's", c, request);
          }
          if (!MySqlVariables.ALL.neutral().contains(name)) {
            defaults.append(rows.getString(1)).append('=').append(rows.getString(2)).append('\n');
          }
        }
      }
    }
    String server = settings.get("server_uuid");
    if (!"NO_CHAIN".equals(settings.get("completion_type"))) {
      return distrusted("completion_type is not NO_CHAIN", c, request);
    }
    if (server == null) {
      server =
          settings.get("hostname") + ":" + settings.get("port") + ":" + settings.get("datadir");
    }
    if (database != null) {
      restored.put("schema", database);
    }
    Integer isolation = IsolationWords.level(settings.getOrDefault("transaction_isolation", ""));
    SessionBaseline baseline =
        new SessionBaseline(
            rules(),
            new DatabaseIdentity("mysql", server),
            request.driver(),
            settings,
            Map.of(),
            Set.of(),
            database == null ? List.of() : List.of(database),
            database,
            null,
            request.autoCommit(),
            isolation == null ? Connection.TRANSACTION_SERIALIZABLE : isolation);
    return new PhysicalProfile(
        baseline,
        new Backend(backend, true),
        serverStart,
        defaults.toString(),
        new VariableRestoration(restored, role),
        request.basis());
  }

  private static PhysicalProfile distrusted(String why, Connection c, Request request)
      throws SQLException {
    return ToldByJdbc.nothing(SessionRules.unsure("MySQL, where " + why), c, request);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
