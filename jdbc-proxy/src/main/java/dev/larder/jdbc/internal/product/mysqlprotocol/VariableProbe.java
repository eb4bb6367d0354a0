package dev.larder.jdbc.internal.product.mysqlprotocol;

import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.jdbc.internal.analysis.IsolationWords;
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
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks a session of a server that speaks MySQL's protocol what it begins with: who it is, which the
 * products ask in their own ways, and what its variables hold. Thread-safe.
 */
public abstract class VariableProbe implements SessionProbe {

  /** What a server is known by, how it names tables, and what it does when a session begins. */
  private static final Set<String> PLACE =
      Set.of(
          "system_time_zone",
          "hostname",
          "port",
          "datadir",
          "lower_case_table_names",
          "init_connect");

  /** Of the databases' own, each has others. */
  private static final String NOT_OF_DATABASES =
      " and variable_name not in ('character_set_database', 'collation_database')";

  /**
   * Who a session is, and where.
   *
   * @param names its user, its role and its client, as they are part of every key
   * @param serverStart which run of which server this is; 0 where nobody asks
   */
  private record Identity(
      Map<String, String> names, @Nullable String database, long backend, long serverStart) {}

  private final Variables variables;
  private final String serverId;
  private final String names;

  /**
   * @param serverId the variable that tells this server from all others
   * @param more variables that are part of what a session begins with, and nobody sets in one
   */
  protected VariableProbe(Variables variables, String serverId, Set<String> more) {
    this.variables = variables;
    this.serverId = serverId;
    this.names =
        Stream.of(variables.keyed(), variables.neutral(), PLACE, Set.of(serverId), more)
            .flatMap(Set::stream)
            .map(name -> "'" + name + "'")
            .collect(Collectors.joining(","));
  }

  /** What tells one run of a server from all others, as an expression in SQL. */
  protected String serverStart() {
    return "0";
  }

  /** The roles that are set, out of what current_role() says; none for no role. */
  protected abstract String role(String current);

  /** A role as SET ROLE takes it. */
  protected abstract String roleInSql(String role);

  /**
   * How the product is named where a variable's value keeps statements from being understood; null
   * where none does.
   *
   * @param global what a session would begin with that is opened now
   */
  protected abstract @Nullable String objection(
      Map<String, String> session, Map<String, String> global);

  /** What a session of this user begins with, but for the variables. */
  protected abstract String ofUser(Statement statement) throws SQLException;

  @Override
  public PhysicalProfile profile(Connection c, Request request) throws SQLException {
    Identity identity;
    String ofUser;
    Map<String, String> session;
    Map<String, String> global;
    try (Statement statement = c.createStatement()) {
      identity = identify(statement);
      ofUser = ofUser(statement);
      session = read(statement, "session", "");
      global = read(statement, "global", NOT_OF_DATABASES);
    }
    String objection = objection(session, global);
    if (objection != null) {
      return ToldByJdbc.nothing(SessionRules.unsure(objection), c, request);
    }
    Map<String, String> settings = new HashMap<>(session);
    settings.keySet().removeAll(variables.neutral());
    settings.putAll(identity.names());
    Map<String, String> restored = new HashMap<>(session);
    if (identity.database() != null) {
      restored.put("schema", identity.database());
    }
    return new PhysicalProfile(
        baseline(identity, settings, request),
        new Backend(identity.backend(), true),
        identity.serverStart(),
        ofUser + "\n" + defaults(global),
        new VariableRestoration(restored, roleInSql(identity.names().getOrDefault("role", ""))),
        request.basis());
  }

  private SessionBaseline baseline(
      Identity identity, Map<String, String> settings, Request request) {
    String database = identity.database();
    return new SessionBaseline(
        rules(),
        new DatabaseIdentity(rules().product(), server(settings)),
        request.driver(),
        settings,
        Map.of(),
        Set.of(),
        database == null ? List.of() : List.of(database),
        database,
        null,
        request.autoCommit(),
        isolation(settings));
  }

  private String server(Map<String, String> settings) {
    String id = settings.get(serverId);
    return id != null
        ? id
        : settings.get("hostname") + ":" + settings.get("port") + ":" + settings.get("datadir");
  }

  /** Servers name it in two ways; a level that nobody knows counts as the strictest. */
  private static int isolation(Map<String, String> settings) {
    String named =
        settings.getOrDefault("transaction_isolation", settings.getOrDefault("tx_isolation", ""));
    Integer level = IsolationWords.level(named);
    return level == null ? Connection.TRANSACTION_SERIALIZABLE : level;
  }

  private Identity identify(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "select current_user(), current_role(), database(), connection_id(), user(), "
                + serverStart())) {
      row.next();
      Map<String, String> names =
          Map.of(
              "user", text(row.getString(1)),
              "role", role(text(row.getString(2))),
              "client", text(row.getString(5)));
      return new Identity(names, row.getString(3), row.getLong(4), row.getLong(6));
    }
  }

  private Map<String, String> read(Statement statement, String scope, String but)
      throws SQLException {
    Map<String, String> values = new TreeMap<>();
    try (ResultSet rows =
        statement.executeQuery(
            "show " + scope + " variables where variable_name in (" + names + ")" + but)) {
      while (rows.next()) {
        values.put(text(rows.getString(1)).toLowerCase(Locale.ROOT), text(rows.getString(2)));
      }
    }
    return values;
  }

  private String defaults(Map<String, String> global) {
    StringBuilder defaults = new StringBuilder();
    global.forEach(
        (name, value) -> {
          if (!variables.neutral().contains(name)) {
            defaults.append(name).append('=').append(value).append('\n');
          }
        });
    return defaults.toString();
  }

  /** A null of the server's counts as nothing. */
  protected static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
