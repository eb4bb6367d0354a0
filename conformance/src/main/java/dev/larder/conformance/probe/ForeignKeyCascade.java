package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class ForeignKeyCascade implements Probe {

  @Override
  public String sentence() {
    return "ON DELETE CASCADE deletes in the tables below, and below those.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given(
        "create table shelf (id int primary key)",
        "create table book (id int primary key, shelf int, foreign key (shelf) references shelf"
            + " (id) on delete cascade)",
        "create table page (id int primary key, book int, foreign key (book) references book (id)"
            + " on delete cascade)",
        "insert into shelf values (1), (2)",
        "insert into book values (1, 1), (2, 2)",
        "insert into page values (1, 1), (2, 1), (3, 2)");
    story.assertCached("select count(*) from book");
    story.assertCached("select count(*) from page");
    story.through("delete from shelf where id = 1");
    story.assertRight("select count(*) from book");
    story.assertRight("select count(*) from page");
  }
}
