package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class UnrelatedWritesKeepHits implements Probe {

  @Override
  public String sentence() {
    return "A write to one table leaves the answers about another in memory.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given("create table author (id int primary key, name varchar(40))");
    story.assertCached(TITLE);
    story.through("insert into author values (1, 'Ann')");
    story.assertStillCached(TITLE);
    story.through("update author set name = 'Bob'", "delete from author where id = 1");
    story.assertStillCached(TITLE);
  }
}
