package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class Views implements Probe {

  @Override
  public String sentence() {
    return "A view, and a view over a view, is as fresh as the tables below.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given(
        "create view titles as select id, title from book",
        "create view firsts as select title from titles where id = 1");
    story.assertCached("select title from titles where id = 1");
    story.assertCached("select title from firsts");
    story.through("update book set title = 'v2' where id = 1");
    story.assertRight("select title from titles where id = 1");
    story.assertRight("select title from firsts");
  }
}
