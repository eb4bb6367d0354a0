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

  static MySqlDatabase create(Endpoint server) {
    return new MySqlDatabase(server, ServerDatabase.create(server, ENTRANCE));
  }

  @Override
  public Product product() {
    return Product.MYSQL;
  }

  @Override
  public DataSource dataSource() {
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
