package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class SystemCatalogue implements Probe {

  @Override
  public String sentence() {
    return "The database's own catalogue is never out of date.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    String query =
        "select count(*) from information_schema.tables where lower(table_name) = 'later'";
    story.assertRight(query);
    story.through("create table later (id int)");
    story.assertRight(query);
    story.elsewhere("drop table later");
    story.assertRight(query);
  }
}
