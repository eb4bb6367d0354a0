package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

final class ConnectionOfAnArray implements Probe {

  @Override
  public String sentence() {
    return "The connection that an array's rows lead to is the cache's, so that what is "
        + "written there is seen.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    try (Client client = story.client();
        Statement statement = client.connection().createStatement();
        ResultSet rows = statement.executeQuery("select array_agg(id) from book");
        ResultSet elements = array(rows)) {
      Statement behind = elements.getStatement();
      if (behind == null) {
        story.notHere("the rows of an array lead nowhere");
      } else {
        try (Statement writer = behind.getConnection().createStatement()) {
          writer.executeUpdate("update book set title = 'v2' where id = 1");
        }
      }
    }
    story.assertRight(TITLE);
  }

  private static ResultSet array(ResultSet rows) throws SQLException {
    rows.next();
    return rows.getArray(1).getResultSet();
  }
}
