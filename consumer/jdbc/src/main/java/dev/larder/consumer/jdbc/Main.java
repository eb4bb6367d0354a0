package dev.larder.consumer.jdbc;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The smallest use: two reads of which the second asks nobody, and one through the Driver. */
public final class Main {
  private static final String DATABASE = "h2:mem:consumer;DB_CLOSE_DELAY=-1";

  private Main() {}

  /** Ends with an exception where something is not as it should be. */
  public static void main(String[] arguments) throws SQLException {
    try (LarderDataSource larder =
        LarderDataSource.builder()
            .url("jdbc:" + DATABASE)
            .setting(Setting.WRITERS, "this-jvm")
            .setting(Setting.ADMISSION, "always")
            .build()) {
      try (Connection connection = larder.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create table book (id int primary key, title varchar(80))");
        statement.execute("insert into book values (42, 'Larder')");
      }
      for (int i = 0; i < 2; i++) {
        try (Connection connection = larder.getConnection()) {
          expect("Larder", title(connection));
        }
      }
      expect(1L, larder.statistics().hits());
    }
    try (Connection connection = DriverManager.getConnection("jdbc:larder:" + DATABASE)) {
      expect("Larder", title(connection));
    }
    System.out.println("jdbc: " + Main.class.getModule() + " answered from memory");
  }

  private static String title(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select title from book where id = ?")) {
      statement.setInt(1, 42);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private static void expect(Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new IllegalStateException(actual + " instead of " + expected);
    }
  }
}
