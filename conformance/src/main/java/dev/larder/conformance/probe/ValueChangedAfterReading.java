package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;

final class ValueChangedAfterReading implements Probe {

  @Override
  public String sentence() {
    return "What the application does to a value it has read (bytes, a timestamp) does not "
        + "reach the next reader.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given(
        story.product() == Product.POSTGRESQL
            ? "create table document (id int primary key, content bytea, at timestamp)"
            : "create table document (id int primary key, content varbinary(9), at timestamp)");
    try (Client setup = story.client()) {
      setup.run(
          "insert into document values (?, ?, ?)",
          1,
          new byte[] {1, 2},
          Timestamp.valueOf("2020-02-02 02:02:02"));
    }
    String query = "select content, at from document where id = 1";
    for (int time = 0; time < 4; time++) {
      story.assertAlike(connection -> readAndSpoil(connection, query));
    }
    boolean cached = false;
    for (int time = 0; time < 6 && !cached; time++) {
      cached = story.isFromMemory(client -> readAndSpoil(client.connection(), query));
    }
    if (!cached) {
      story.assertNotCached(query);
    }
  }

  private static String readAndSpoil(Connection connection, String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      byte[] content = rows.getBytes(1);
      Timestamp at = rows.getTimestamp(2);
      String answer = Arrays.toString(content) + " " + at;
      Arrays.fill(content, (byte) 7);
      at.setTime(0);
      return answer;
    }
  }
}
