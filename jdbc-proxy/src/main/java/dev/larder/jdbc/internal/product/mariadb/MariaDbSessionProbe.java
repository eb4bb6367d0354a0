package dev.larder.jdbc.internal.product.mariadb;

import dev.larder.jdbc.internal.product.mysqlprotocol.VariableProbe;
import dev.larder.jdbc.internal.product.mysqlprotocol.VariableRestoration;
import dev.larder.jdbc.internal.session.SessionRules;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks a MariaDB session what it begins with. Thread-safe. */
final class MariaDbSessionProbe extends VariableProbe {

  private static final String NO_ROLE = "none";

  MariaDbSessionProbe() {
    super(
        MariaDbVariables.ALL,
        "server_uid",
        Set.of("date_format", "datetime_format", "time_format"));
  }

  @Override
  public SessionRules rules() {
    return MariaDb.SESSIONS;
  }

  @Override
  protected String role(String current) {
    return current.isEmpty() ? NO_ROLE : current;
  }

  @Override
  protected String roleInSql(String role) {
    return role.equals(NO_ROLE) ? role : VariableRestoration.text(role);
  }

  @Override
  protected String ofUser(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "select group_concat(role_name) from information_schema.applicable_roles"
                + " where is_default = 'YES'")) {
      row.next();
      return text(row.getString(1));
    }
  }

  @Override
  protected @Nullable String objection(Map<String, String> session, Map<String, String> global) {
    return null;
  }
}
