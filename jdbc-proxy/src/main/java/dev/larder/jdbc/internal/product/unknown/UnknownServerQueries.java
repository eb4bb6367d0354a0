package dev.larder.jdbc.internal.product.unknown;

import dev.larder.jdbc.internal.session.Backend;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.ServerQueries;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers for a server that cannot be asked of its sessions. Stateless. */
final class UnknownServerQueries implements ServerQueries {

  /** The standard's classes of errors with which a server refuses a statement. */
  private static final Set<String> REFUSALS =
      Set.of(
          "0A", "21", "22", "23", "24", "25", "26", "27", "28", "2B", "2D", "34", "38", "39", "3B",
          "3D", "3F", "40", "42", "44");

  @Override
  public boolean isAtWork(Connection connection, Backend backend) throws SQLException {
    throw new SQLFeatureNotSupportedException("no way to ask this product", "0A000");
  }

  @Override
  public boolean wouldSee(Connection connection, PhysicalProfile asking, PhysicalProfile lost) {
    return false;
  }

  @Override
  public boolean isPrepared(Connection connection, String id) throws SQLException {
    throw new SQLFeatureNotSupportedException("no way to ask this product", "0A000");
  }

  @Override
  public boolean mayHaveLostConnection(String state) {
    return !REFUSALS.contains(state.substring(0, 2));
  }

  @Override
  public boolean mayHaveRunAlone(@Nullable String state) {
    return true;
  }
}
