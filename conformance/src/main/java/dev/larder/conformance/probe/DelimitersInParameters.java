package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.util.List;

final class DelimitersInParameters implements Probe {

  @Override
  public String sentence() {
    return "The values ('a:b', 'c') and ('a', 'b:c') are different questions, whatever the "
        + "delimiter.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given("create table pair (id int primary key, x varchar(9), y varchar(9))");
    String query = "select id from pair where x = ? and y = ?";
    int id = 0;
    for (String delimiter :
        List.of("", ":", ",", "_", "|", ";", "\\", "'", "\t", ", ", "][", "=")) {
      try (Client setup = story.client()) {
        setup.run("insert into pair values (?, ?, ?)", ++id, "a" + delimiter + "b", "c");
        setup.run("insert into pair values (?, ?, ?)", ++id, "a", "b" + delimiter + "c");
      }
      story.assertCached(query, "a" + delimiter + "b", "c");
      story.assertRight(query, "a", "b" + delimiter + "c");
      story.assertRight(query, "a" + delimiter + "b", "c");
    }
  }
}
