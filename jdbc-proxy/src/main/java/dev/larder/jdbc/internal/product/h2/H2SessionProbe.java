package dev.larder.jdbc.internal.product.h2;

import dev.larder.invalidation.ledger.DatabaseIdentity;
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
import org.jspecify.annotations.Nullable;

/** Asks an H2 session what it begins with. Thread-safe. */
final class H2SessionProbe implements SessionProbe {

  private static final List<String> RESTORED =
      List.of(
          "query_timeout", "variable_binary", "truncate_large_length", "old_information_schema");

  @Override
  public SessionRules rules() {
    return H2.SESSIONS;
  }

  @Override
  public PhysicalProfile profile(Connection c, Request request) throws SQLException {
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
    for (String name : RESTORED) {
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
            rules(),
            unnamed ? null : new DatabaseIdentity("h2", path.isEmpty() ? "mem:" + database : path),
            request.driver(),
            settings,
            Map.of(),
            Set.of(),
            schema == null ? List.of() : List.of(schema),
            c.getCatalog(),
            schema,
            request.autoCommit(),
            isolation);
    return new PhysicalProfile(
        baseline, new Backend(backend, true), 0, "", new H2Restoration(restored), request.basis());
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

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
