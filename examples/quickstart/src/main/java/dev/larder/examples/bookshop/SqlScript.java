package dev.larder.examples.bookshop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** An SQL script on the class path whose statements are separated by blank lines. Immutable. */
record SqlScript(List<String> statements) {

  static SqlScript of(String... statements) {
    return new SqlScript(List.of(statements));
  }

  /** The script of that name beside this class. */
  static SqlScript named(String name) {
    try (InputStream in = SqlScript.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no script " + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new SqlScript(
          Arrays.stream(text.split("\\R\\s*\\R", -1))
              .map(SqlScript::withoutComments)
              .filter(statement -> !statement.isBlank())
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void run(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String withoutComments(String statement) {
    return statement
        .lines()
        .filter(line -> !line.startsWith("--"))
        .collect(Collectors.joining("\n"))
        .strip();
  }
}
