package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class ReplacedView implements Probe {

  @Override
  public String sentence() {
    return "A replaced view answers by its new definition, and depends on its new tables.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given(
        "create table author (id int primary key, name varchar(40))",
        "insert into author values (1, 'Ann')",
        "create view v as select title as x from book where id = 1");
    String query = "select x from v";
    story.assertCached(query);
    story.through("create or replace view v as select name as x from author where id = 1");
    story.assertRight(query);
    story.assertCached(query);
    story.through("update author set name = 'Bob'");
    story.assertRight(query);
  }
}
