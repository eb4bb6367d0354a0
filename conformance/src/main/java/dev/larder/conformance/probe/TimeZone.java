package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.List;

final class TimeZone implements Probe {

  @Override
  public String sentence() {
    return "The session's time zone is part of the question.";
  }

  @Override
  public void tell(Story story) throws Exception {
    String type = story.product().speaksMySql() ? "timestamp" : "timestamp with time zone";
    story.given("create table event (id int primary key, at " + type + ")");
    String query =
        story.product() == Product.POSTGRESQL
            ? "select at::text from event"
            : "select cast(at as char(40)) from event";
    if (story.product() == Product.H2) {
      query = "select cast(cast(at as timestamp) as varchar) from event";
    }
    String set = story.product().speaksMySql() ? "set time_zone = '%s'" : "set time zone '%s'";
    story.given(
        String.format(set, "+00:00"),
        "insert into event values (1, timestamp '2020-02-03 04:05:06')");
    try (Client client = story.client()) {
      for (String zone : List.of("+00:00", "+05:00", "+00:00", "-03:00")) {
        client.run(String.format(set, zone));
        story.given(String.format(set, zone));
        client.expects(story.truth(query), query);
        client.expects(story.truth(query), query);
      }
    }
  }
}
