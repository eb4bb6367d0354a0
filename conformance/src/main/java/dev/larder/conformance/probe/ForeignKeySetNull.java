package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class ForeignKeySetNull implements Probe {

  @Override
  public String sentence() {
    return "ON DELETE SET NULL updates the table below.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given(
        "create table shelf (id int primary key)",
        "create table book (id int primary key, shelf int, foreign key (shelf) references shelf"
            + " (id) on delete set null)",
        "insert into shelf values (1)",
        "insert into book values (1, 1)");
    String query = "select id, shelf from book";
    story.assertCached(query);
    story.through("delete from shelf where id = 1");
    story.assertRight(query);
  }
}
