package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

final class ParameterChangedAfterBinding implements Probe {

  @Override
  public String sentence() {
    return "An array that the application changes after binding or running does not change "
        + "what was asked before.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given(
        "create table document (id int primary key, content " + bytes(story.product()) + ")");
    try (Client setup = story.client()) {
      setup.run("insert into document values (?, ?)", 1, new byte[] {1, 2});
      setup.run("insert into document values (?, ?)", 2, new byte[] {9, 9});
    }
    story.assertAlike(ParameterChangedAfterBinding::reuse);
    story.assertAlike(connection -> find(connection, new byte[] {1, 2}));
    story.assertAlike(connection -> find(connection, new byte[] {9, 9}));
    story.assertAlike(ParameterChangedAfterBinding::reuse);
  }

  private static String bytes(Product product) {
    return product == Product.POSTGRESQL ? "bytea" : "varbinary(9)";
  }

  private static final String QUERY = "select id from document where content = ?";

  private static String find(Connection connection, byte[] content) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
      statement.setBytes(1, content);
      return id(statement);
    }
  }

  private static String reuse(Connection connection) throws SQLException {
    byte[] content = {1, 2};
    try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
      statement.setBytes(1, content);
      String before = id(statement);
      Arrays.fill(content, (byte) 9);
      statement.setBytes(1, content);
      return before + " then " + id(statement) + " then " + find(connection, new byte[] {1, 2});
    }
  }

  private static String id(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getString(1) : "none";
    }
  }
}
