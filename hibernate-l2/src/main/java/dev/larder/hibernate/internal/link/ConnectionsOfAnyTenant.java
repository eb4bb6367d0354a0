package dev.larder.hibernate.internal.link;

import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.HibernateException;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;

/** Connections of which it does not matter whose they are. Thread-safe as what is behind. */
final class ConnectionsOfAnyTenant implements ConnectionProvider {

  private static final long serialVersionUID = 1L;

  private final transient MultiTenantConnectionProvider<Object> provider;

  ConnectionsOfAnyTenant(MultiTenantConnectionProvider<Object> provider) {
    this.provider = provider;
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      return provider.getAnyConnection();
    } catch (HibernateException none) {
      throw new UnsupportedOperationException("there are no connections of no tenant", none);
    }
  }

  @Override
  public void closeConnection(Connection connection) throws SQLException {
    provider.releaseAnyConnection(connection);
  }

  @Override
  public boolean supportsAggressiveRelease() {
    return provider.supportsAggressiveRelease();
  }

  @Override
  public boolean isUnwrappableAs(Class<?> type) {
    return provider.isUnwrappableAs(type);
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return provider.unwrap(type);
  }
}
