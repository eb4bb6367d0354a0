package dev.larder.jdbc.internal.product.mariadb;

import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.jdbc.internal.product.mysqlprotocol.VariableRestoration;
import dev.larder.jdbc.internal.session.Backend;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.SessionBaseline;
import dev.larder.jdbc.internal.session.SessionProbe;
import dev.larder.jdbc.internal.session.SessionRules;
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

/** Asks a MariaDB session what it begins with. Thread-safe. */
final class MariaDbSessionProbe implements SessionProbe {

  private static final Set<String> SERVER =
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

  private static final String VARIABLES =
      Stream.of(MariaDbVariables.ALL.keyed(), MariaDbVariables.ALL.neutral(), SERVER)
          .flatMap(Set::stream)
          .map(name -> "'" + name + "'")
          .collect(Collectors.joining(","));

  @Override
  public SessionRules rules() {
    return MariaDb.SESSIONS;
  }

  @Override
  public PhysicalProfile profile(Connection c, Request request) throws SQLException {
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
        String current = text(row.getString(2));
        settings.put("role", current.isEmpty() ? "none" : current);
        settings.put("client", text(row.getString(5)));
        database = row.getString(3);
        backend = row.getLong(4);
        defaults.append(row.getString(6)).append('\n').append(row.getString(7)).append('\n');
      }
      try (ResultSet rows =
          statement.executeQuery(
              "show session variables where variable_name in (" + VARIABLES + ")")) {
        while (rows.next()) {
          String name = text(rows.getString(1)).toLowerCase(Locale.ROOT);
          restored.put(name, text(rows.getString(2)));
          if (!MariaDbVariables.ALL.neutral().contains(name)) {
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
          if (!MariaDbVariables.ALL.neutral().contains(text(rows.getString(1)))) {
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
    String role = settings.getOrDefault("role", "none");
    if (database != null) {
      restored.put("schema", database);
    }
    String level =
        settings.getOrDefault(
            "transaction_isolation", settings.getOrDefault("tx_isolation", "REPEATABLE-READ"));
    SessionBaseline baseline =
        new SessionBaseline(
            rules(),
            new DatabaseIdentity("mariadb", server),
            request.driver(),
            settings,
            Map.of(),
            Set.of(),
            database == null ? List.of() : List.of(database),
            database,
            null,
            request.autoCommit(),
            isolation(level.replace('-', ' ')));
    return new PhysicalProfile(
        baseline,
        new Backend(backend, true),
        0,
        defaults.toString(),
        new VariableRestoration(
            restored, role.equals("none") ? role : VariableRestoration.text(role)),
        request.basis());
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
