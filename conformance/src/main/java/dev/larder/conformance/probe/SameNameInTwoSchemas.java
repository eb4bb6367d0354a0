package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class SameNameInTwoSchemas implements Probe {

  @Override
  public String sentence() {
    return "A table and its namesake in another schema are two tables.";
  }

  @Override
  public void tell(Story story) throws Exception {
    String other = story.product().speaksMySql() ? story.name("other") : "other";
    story.givenBooks();
    story.given("create schema " + other);
    if (story.product().speaksMySql()) {
      story.atTheEnd("drop schema " + other);
    }
    story.given(
        "create table " + other + ".book (id int primary key, title varchar(40))",
        "insert into " + other + ".book values (1, 'other')");
    String there = "select title from " + other + ".book where id = 1";
    story.assertCached(TITLE);
    story.assertCached(there);
    story.through("update " + other + ".book set title = 'other2' where id = 1");
    story.assertRight(there);
    story.assertRight(TITLE);
    story.through("update book set title = 'v2' where id = 1");
    story.assertRight(TITLE);
    story.assertRight(there);
  }
}
