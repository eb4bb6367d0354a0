package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class NullParameters implements Probe {

  @Override
  public String sentence() {
    return "The values (NULL, 'a') and ('a', NULL) are different questions.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given(
        "create table pair (id int primary key, x varchar(9), y varchar(9))",
        "insert into pair values (1, null, 'a'), (2, 'a', null), (3, 'null', 'a')");
    String query =
        "select id from pair where coalesce(x, '-') = coalesce(?, '-') and coalesce(y, '-') ="
            + " coalesce(?, '-')";
    story.assertCached(query, null, "a");
    story.assertRight(query, "a", null);
    story.assertRight(query, null, "a");
    story.assertRight(query, "null", "a");
  }
}
