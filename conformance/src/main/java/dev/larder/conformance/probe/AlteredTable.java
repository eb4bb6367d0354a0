package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class AlteredTable implements Probe {

  @Override
  public String sentence() {
    return "A column added, dropped or renamed shows in the next SELECT *.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    String all = "select * from book order by id";
    story.assertCached(all);
    story.through("alter table book add column price int default 5");
    story.assertRight(all);
    story.assertCached(all);
    story.through("alter table book drop column title");
    story.assertRight(all);
  }
}
