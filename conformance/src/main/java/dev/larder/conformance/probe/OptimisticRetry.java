package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.sql.PreparedStatement;
import java.sql.SQLException;

final class OptimisticRetry implements Probe {

  @Override
  public String sentence() {
    return "An update by version that finds nothing is followed by a read of the newest "
        + "version.";
  }

  @Override
  public Writers writers() {
    return Writers.ANYONE;
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given(
        "create table item (id int primary key, version int, name varchar(20))",
        "insert into item values (1, 1, 'a')");
    String query = "select version from item where id = 1";
    for (boolean inTransaction : new boolean[] {true, false}) {
      story.maxStalenessPasses();
      story.assertRight(query);
      story.elsewhere("update item set version = version + 1 where id = 1");
      try (Client client = story.client()) {
        if (inTransaction) {
          client.begin();
        }
        int known = Integer.parseInt(client.read(query));
        int touched = update(client, known);
        if (touched == 0) {
          if (inTransaction) {
            client.rollback();
          }
          known = Integer.parseInt(client.read(query));
          touched = update(client, known);
        }
        story.same("1", Integer.toString(touched), "the rows that the second try touched");
        if (inTransaction) {
          client.commit();
        }
      }
    }
  }

  private static int update(Client client, int version) throws SQLException {
    try (PreparedStatement statement =
        client
            .connection()
            .prepareStatement(
                "update item set version = version + 1, name = 'b' where id = 1 and version = ?")) {
      statement.setInt(1, version);
      return statement.executeUpdate();
    }
  }
}
