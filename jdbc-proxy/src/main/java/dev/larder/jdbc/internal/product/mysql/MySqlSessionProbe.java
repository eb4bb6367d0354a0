package dev.larder.jdbc.internal.product.mysql;

import dev.larder.jdbc.internal.product.mysqlprotocol.VariableProbe;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.SessionRules;
import dev.larder.jdbc.internal.session.ToldByJdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks a MySQL session what it begins with. Thread-safe. */
final class MySqlSessionProbe extends VariableProbe {

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
          "version",
          "mandatory_roles",
          "activate_all_roles_on_login",
          "partial_revokes",
          "external_user",
          "proxy_user");

  MySqlSessionProbe() {
    super(
        MySqlVariables.ALL,
        "server_uuid",
        Stream.of(SERVER, MySqlVariables.UNFOLLOWED)
            .flatMap(Set::stream)
            .collect(Collectors.toSet()));
  }

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
    return objection == null
        ? super.profile(c, request)
        : ToldByJdbc.nothing(SessionRules.unsure(where(objection)), c, request);
  }

  @Override
  protected String serverStart() {
    return SERVER_START;
  }

  /** It names all roles as SET ROLE takes them, in backticks. */
  @Override
  protected String role(String current) {
    return current.startsWith("`") ? current : "none";
  }

  @Override
  protected String roleInSql(String role) {
    return role;
  }

  @Override
  protected String ofUser(Statement statement) throws SQLException {
    return MySqlFingerprint.ofUser(statement.getConnection());
  }

  @Override
  protected @Nullable String objection(Map<String, String> session, Map<String, String> global) {
    for (String name : MySqlVariables.UNFOLLOWED) {
      String others = global.get(name);
      if (others != null && !others.equals(session.get(name))) {
        return where(name + " differs from the server's");
      }
    }
    return "NO_CHAIN".equals(session.get("completion_type"))
        ? null
        : where("completion_type is not NO_CHAIN");
  }

  private static String where(String objection) {
    return "MySQL, where " + objection;
  }
}
