package dev.larder.consumer.start;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.larder.jdbc.LarderDataSource;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The smallest use of a DataSource: a table, a row, two reads, by the driver alone or through what
 * is named.
 */
public final class Main {
  private static final String URL = "jdbc:h2:mem:start;DB_CLOSE_DELAY=-1";

  private interface Source {
    Connection connect() throws SQLException;
  }

  private Main() {}

  /** Takes {@code driver}, {@code hikaricp} or {@code larder}. */
  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "driver" -> use(() -> DriverManager.getConnection(URL), () -> {});
      case "hikaricp" -> {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(URL);
        HikariDataSource pool = new HikariDataSource(config);
        use(pool::getConnection, pool);
      }
      case "larder" -> {
        LarderDataSource larder = LarderDataSource.builder().url(URL).build();
        use(larder::getConnection, larder::close);
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void use(Source source, Closeable last) throws SQLException, IOException {
    try (last) {
      try (Connection connection = source.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("create table book (id int primary key, title varchar(80))");
        statement.execute("insert into book values (42, 'Larder')");
      }
      for (int i = 0; i < 2; i++) {
        try (Connection connection = source.connect();
            PreparedStatement statement =
                connection.prepareStatement("select title from book where id = ?")) {
          statement.setInt(1, 42);
          try (ResultSet row = statement.executeQuery()) {
            row.next();
          }
        }
      }
    }
  }
}
