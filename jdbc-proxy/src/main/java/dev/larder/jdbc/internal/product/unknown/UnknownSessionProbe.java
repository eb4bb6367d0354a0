package dev.larder.jdbc.internal.product.unknown;

import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.SessionProbe;
import dev.larder.jdbc.internal.session.SessionRules;
import dev.larder.jdbc.internal.session.ToldByJdbc;
import java.sql.Connection;
import java.sql.SQLException;

/** Takes what JDBC itself tells of a session. Thread-safe. */
final class UnknownSessionProbe implements SessionProbe {

  @Override
  public SessionRules rules() {
    return UnknownProduct.SESSIONS;
  }

  @Override
  public PhysicalProfile profile(Connection c, Request request) throws SQLException {
    String name = request.product() + " " + c.getMetaData().getDatabaseProductVersion();
    return ToldByJdbc.profile(SessionRules.unsure(name), c, request);
  }
}
