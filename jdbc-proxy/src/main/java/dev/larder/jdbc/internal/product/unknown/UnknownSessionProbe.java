package dev.larder.jdbc.internal.product.unknown;

import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.jdbc.internal.session.Backend;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.Restoration;
import dev.larder.jdbc.internal.session.SessionBaseline;
import dev.larder.jdbc.internal.session.SessionProbe;
import dev.larder.jdbc.internal.session.SessionRules;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes what JDBC itself tells of a session. Thread-safe. */
final class UnknownSessionProbe implements SessionProbe {

  @Override
  public SessionRules rules() {
    return UnknownProduct.SESSIONS;
  }

  @Override
  public PhysicalProfile profile(Connection c, Request request) throws SQLException {
    DatabaseMetaData metaData = c.getMetaData();
    String url = metaData.getURL();
    String user = metaData.getUserName();
    String schema = c.getSchema();
    String bare = url == null ? null : url.split("[?;]", 2)[0];
    SessionBaseline baseline =
        new SessionBaseline(
            rules(),
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

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
