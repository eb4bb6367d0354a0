package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.sql.PreparedStatement;
import java.sql.Statement;

final class Batches implements Probe {

  @Override
  public String sentence() {
    return "Every statement of a batch counts, plain or prepared.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given("create table author (id int primary key, name varchar(40))");
    String authors = "select count(*) from author";
    story.assertCached(TITLE);
    story.assertCached(authors);
    try (Client client = story.client();
        Statement plain = client.connection().createStatement();
        PreparedStatement prepared =
            client.connection().prepareStatement("insert into author values (?, ?)")) {
      plain.addBatch("insert into author values (1, 'Ann')");
      plain.addBatch("update book set title = 'v2' where id = 1");
      plain.executeBatch();
      story.assertRight(TITLE);
      story.assertRight(authors);
      for (int id = 2; id < 5; id++) {
        prepared.setInt(1, id);
        prepared.setString(2, "Bob");
        prepared.addBatch();
      }
      prepared.executeBatch();
      story.assertRight(authors);
    }
  }
}
