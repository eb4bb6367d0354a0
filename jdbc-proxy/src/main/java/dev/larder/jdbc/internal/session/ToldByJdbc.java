package dev.larder.jdbc.internal.session;

import dev.larder.invalidation.ledger.DatabaseIdentity;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What JDBC itself tells of a session whose product nobody knows. Stateless. */
public final class ToldByJdbc {

  private ToldByJdbc() {}

  /**
   * Profiles a connection.
   *
   * @param rules whose product is the name that a user reads
   */
  public static PhysicalProfile profile(
      SessionRules rules, Connection c, SessionProbe.Request request) throws SQLException {
    DatabaseMetaData metaData = c.getMetaData();
    String url = metaData.getURL();
    String user = metaData.getUserName();
    String schema = c.getSchema();
    String bare = url == null ? null : url.split("[?;]", 2)[0];
    SessionBaseline baseline =
        new SessionBaseline(
            rules,
            bare == null
                ? null
                : new DatabaseIdentity(request.product().toLowerCase(Locale.ROOT), bare),
            request.driver(),
            Map.of("user", text(user), "url", text(url)),
            Map.of(),
            Set.of(),
            schema == null ? List.of() : List.of(schema),
            c.getCatalog(),
            schema,
            request.autoCommit(),
            c.getTransactionIsolation());
    return new PhysicalProfile(baseline, Backend.UNKNOWN, 0, "", Restoration.NONE, request.basis());
  }

  /**
   * The profile of a connection of which nothing may be relied on.
   *
   * @param rules whose product is the name that a user reads
   */
  public static PhysicalProfile nothing(
      SessionRules rules, Connection c, SessionProbe.Request request) throws SQLException {
    SessionBaseline baseline =
        new SessionBaseline(
            rules,
            null,
            request.driver(),
            Map.of(),
            Map.of(),
            Set.of(),
            List.of(),
            c.getCatalog(),
            c.getSchema(),
            request.autoCommit(),
            c.getTransactionIsolation());
    return new PhysicalProfile(baseline, Backend.UNKNOWN, 0, "", Restoration.NONE, request.basis());
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
