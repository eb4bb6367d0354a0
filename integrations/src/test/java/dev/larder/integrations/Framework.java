package dev.larder.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** What the test of a framework does with the DataSource that it made of its configuration. */
final class Framework {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final DataSource dataSource;

  Framework(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** The URL of a database that nobody has used yet, through Larder. */
  static String url(boolean larder) {
    return "jdbc:larder:h2:mem:framework"
        + DATABASES.incrementAndGet()
        + ";DB_CLOSE_DELAY=-1;larder.writers=this-jvm;larder.admission=always;larder.enabled="
        + larder;
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String name(int id) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select name from plant where id = ?")) {
      statement.setInt(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : "none";
      }
    }
  }

  /** How often memory answered, as any client may ask. */
  long hits() throws SQLException {
    Map<String, String> status = new HashMap<>();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("show larder status")) {
      while (rows.next()) {
        status.put(rows.getString("name"), rows.getString("value"));
      }
    }
    return Long.parseLong(status.getOrDefault("hits", "-1"));
  }

  /** Reads, writes, and reads again. */
  void isRight(boolean larder) throws SQLException {
    execute("create table plant (id int primary key, name varchar(20))");
    execute("insert into plant values (1, 'fern')");
    List<String> read = new ArrayList<>(List.of(name(1), name(1)));
    assertThat(hits()).isEqualTo(larder ? 1 : 0);
    execute("update plant set name = 'moss' where id = 1");
    read.addAll(List.of(name(1), name(2)));
    assertThat(read).containsExactly("fern", "fern", "moss", "none");
  }
}
