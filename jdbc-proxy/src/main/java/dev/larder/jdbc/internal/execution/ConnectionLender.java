package dev.larder.jdbc.internal.execution;

import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import java.sql.SQLException;

/** Where a physical connection comes from. Implementations are as thread-safe as what is behind. */
@FunctionalInterface
public interface ConnectionLender {

  PhysicalConnection<PhysicalProfile> borrow() throws SQLException;
}
