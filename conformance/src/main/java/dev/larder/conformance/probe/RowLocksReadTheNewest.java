package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class RowLocksReadTheNewest implements Probe {

  @Override
  public String sentence() {
    return "Who has locked a row reads what others have just written, also of other rows.";
  }

  @Override
  public Writers writers() {
    return Writers.ANYONE;
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    Locks.readNewest(story, true, "select title from book where id = 1 for update");
    Locks.readNewest(story, true, "select id from book where id = 2 for update");
    switch (story.product()) {
      case POSTGRESQL -> Locks.readNewest(story, true, "select id from book for key share");
      case MARIADB, MYSQL ->
          Locks.readNewest(story, true, "select id from book lock in share mode");
      case H2 -> {}
    }
  }
}
