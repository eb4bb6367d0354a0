package dev.larder.testkit;

import com.mysql.cj.jdbc.MysqlDataSource;
import javax.sql.DataSource;

/**
 * One database of a MySQL server.
 *
 * <p>Immutable and safe for use by several threads.
 */
record MySqlDatabase(Endpoint server, String name) implements ServerDatabase {
  private static final String ENTRANCE = "mysql";

  /** {@code -Dlarder.test.mysql.driver=mariadb} has MariaDB's driver talk to MySQL. */
  private static final String DRIVER = System.getProperty("larder.test.mysql.driver", "mysql");

  static MySqlDatabase create(Endpoint server) {
    Endpoint through =
        new Endpoint(DRIVER, server.host(), server.port(), server.username(), server.password());
    return new MySqlDatabase(through, ServerDatabase.create(through, ENTRANCE));
  }

  @Override
  public Product product() {
    return Product.MYSQL;
  }

  @Override
  public DataSource dataSource() {
    if (!DRIVER.equals("mysql")) {
      return new MariaDbDatabase(server, name).dataSource();
    }
    MysqlDataSource source = new MysqlDataSource();
    source.setUrl(url());
    source.setUser(username());
    source.setPassword(password());
    return source;
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
