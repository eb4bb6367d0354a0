package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.sql.Connection;

final class RepeatableReadKeepsItsSnapshot implements Probe {

  @Override
  public String sentence() {
    return "A REPEATABLE READ transaction sees its snapshot to its end, whatever others have "
        + "put into memory meanwhile.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given(
        "create table author (id int primary key, name varchar(40))",
        "insert into author values (1, 'Ann')");
    String name = "select name from author where id = 1";
    story.assertCached(TITLE);
    story.assertCached(name);
    try (Client reader = story.client()) {
      reader.begin(Connection.TRANSACTION_REPEATABLE_READ);
      reader.expects("v1", TITLE);
      story.through("update book set title = 'v2' where id = 1");
      story.expects("v2", TITLE);
      story.expects("v2", TITLE);
      reader.expects("v1", TITLE);
      if (story.product() != Product.H2) {
        // H2 takes the snapshot of a table when the transaction first reads it.
        story.through("update author set name = 'Bob' where id = 1");
        story.expects("Bob", name);
        story.expects("Bob", name);
        reader.expects("Ann", name);
      }
      reader.commit();
      reader.expects("v2", TITLE);
      reader.commit();
    }
    story.assertRight(TITLE);
  }
}
