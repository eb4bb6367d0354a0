package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.List;
import java.util.Set;

final class DateStyleAndOutput implements Probe {

  @Override
  public String sentence() {
    return "Settings that shape text (DateStyle, bytea_output, extra_float_digits, "
        + "IntervalStyle) shape the answer.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given(
        "create table event (day date, content bytea, weight float8, pause interval)",
        "insert into event values ('2020-02-03', '\\x41', 0.1 + 0.2, '1 day 2 hours')");
    String query =
        "select '01/02/2020'::date::text, day::text, content::text, weight::text, pause::text from"
            + " event";
    story.assertRight(query);
    String plain = story.truth(query);
    try (Client client = story.client()) {
      for (String set :
          List.of(
              "set datestyle = 'ISO, DMY'",
              "set bytea_output = escape",
              "set extra_float_digits = 0",
              "set intervalstyle = sql_standard")) {
        client.run(set);
        story.given(set);
        client.expects(story.truth(query), query);
        client.expects(story.truth(query), query);
      }
    }
    story.expects(plain, query);
    story.given("reset all");
    story.assertCached(query);
  }
}
