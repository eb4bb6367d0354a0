package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.sql.ResultSet;
import java.sql.Statement;

final class UpdatableResultSet implements Probe {

  @Override
  public String sentence() {
    return "A row updated, inserted or deleted through a result set is a write.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    String count = "select count(*) from book";
    story.assertCached(TITLE);
    story.assertCached(count);
    try (Client client = story.client();
        Statement statement =
            client
                .connection()
                .createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
        ResultSet rows = statement.executeQuery("select id, title from book order by id")) {
      if (rows.getConcurrency() != ResultSet.CONCUR_UPDATABLE) {
        story.notHere("the driver's result is not updatable");
      }
      rows.next();
      rows.updateString("title", "v2");
      rows.updateRow();
      story.assertRight(TITLE);
      rows.moveToInsertRow();
      rows.updateInt("id", 3);
      rows.updateString("title", "x1");
      rows.insertRow();
      story.assertRight(count);
      rows.moveToCurrentRow();
      rows.deleteRow();
      story.assertRight(count);
      story.assertRight(TITLE);
    }
  }
}
