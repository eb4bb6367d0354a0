package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class OwnCommittedWrite implements Probe {

  @Override
  public String sentence() {
    return "A committed INSERT, UPDATE or DELETE is seen by the next read, whoever reads.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    story.assertCached("select count(*) from book");
    story.through("update book set title = 'v2' where id = 1");
    story.assertRight(TITLE);
    story.through("insert into book values (3, 'x1')");
    story.assertRight("select count(*) from book");
    story.assertCached(TITLE);
    story.through("delete from book where id = 1");
    story.assertRight(TITLE);
    story.assertRight("select count(*) from book");
  }
}
