package dev.larder.testkit;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * One database of a MariaDB server.
 *
 * <p>Immutable and safe for use by several threads.
 */
record MariaDbDatabase(Endpoint server, String name) implements ServerDatabase {
  private static final String ENTRANCE = "mysql";

  static MariaDbDatabase create(Endpoint server) {
    return new MariaDbDatabase(server, ServerDatabase.create(server, ENTRANCE));
  }

  @Override
  public Product product() {
    return Product.MARIADB;
  }

  @Override
  public DataSource dataSource() {
    try {
      MariaDbDataSource source = new MariaDbDataSource(url());
      source.setUser(username());
      source.setPassword(password());
      return source;
    } catch (SQLException e) {
      throw new IllegalStateException("the driver refuses " + url(), e);
    }
  }

  @Override
  public void close() {
    DroppedDatabase.on(server, ENTRANCE, name);
  }

  @Override
  public String toString() {
    return url();
  }
}
