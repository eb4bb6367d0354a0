package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Rows;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.Arrays;

final class ValueChangedAfterTheSetter implements Probe {

  @Override
  public String sentence() {
    return "A value that the application changes between the setter and the execution counts "
        + "as the driver has it.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given(
        story.product() == Product.POSTGRESQL
            ? "create table document (id int primary key, content bytea, at timestamp)"
            : "create table document (id int primary key, content varbinary(9), at timestamp(3)"
                + " null)");
    for (int time = 0; time < 2; time++) {
      story.assertAlike(ValueChangedAfterTheSetter::range);
      story.assertAlike(ValueChangedAfterTheSetter::bytes);
    }
  }

  /** One timestamp, set twice with another moment in between. */
  private static String range(Connection connection) throws SQLException {
    try (Statement writer = connection.createStatement();
        PreparedStatement statement =
            connection.prepareStatement("select id from document where at >= ? and at < ?")) {
      writer.executeUpdate("delete from document");
      writer.executeUpdate("insert into document values (1, null, '2020-06-01 00:00:00')");
      Timestamp moment = Timestamp.valueOf("2020-01-01 00:00:00");
      statement.setTimestamp(1, moment);
      moment.setTime(Timestamp.valueOf("2021-01-01 00:00:00").getTime());
      statement.setTimestamp(2, moment);
      try (ResultSet rows = statement.executeQuery()) {
        return Rows.of(rows);
      }
    }
  }

  /** Bytes that are wiped before they are written. */
  private static String bytes(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        PreparedStatement writer =
            connection.prepareStatement("insert into document values (2, ?, null)")) {
      statement.executeUpdate("delete from document");
      byte[] content = {1, 2, 3};
      writer.setBytes(1, content);
      Arrays.fill(content, (byte) 0);
      writer.executeUpdate();
      try (ResultSet rows = statement.executeQuery("select content from document")) {
        rows.next();
        return Arrays.toString(rows.getBytes(1));
      }
    }
  }
}
