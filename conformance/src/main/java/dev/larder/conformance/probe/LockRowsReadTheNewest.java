package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class LockRowsReadTheNewest implements Probe {

  @Override
  public String sentence() {
    return "Who has updated a lock's row, as schedulers do, reads what others have just "
        + "written to other tables.";
  }

  @Override
  public Writers writers() {
    return Writers.ANYONE;
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given(
        "create table scheduler_lock (name varchar(20) primary key, holder varchar(20))",
        "insert into scheduler_lock values ('books', '')");
    Locks.readNewest(story, true, "update scheduler_lock set holder = 'me' where name = 'books'");
  }
}
