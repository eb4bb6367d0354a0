package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class RecreatedTable implements Probe {

  @Override
  public String sentence() {
    return "A table dropped and made anew, or swapped by renaming, shows its new rows.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    story.through("drop table book");
    try (Client client = story.client()) {
      client.assertRefused(TITLE);
    }
    story.through("create table book as select 1 as id, 'v2' as title");
    story.assertRight(TITLE);
    story.assertCached(TITLE);
    story.through(
        "create table newer (id int primary key, title varchar(40))",
        "insert into newer values (1, 'v3')",
        "alter table book rename to older",
        "alter table newer rename to book");
    story.assertRight(TITLE);
  }
}
