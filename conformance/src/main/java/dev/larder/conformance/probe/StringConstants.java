package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class StringConstants implements Probe {

  @Override
  public String sentence() {
    return "standard_conforming_strings decides what a literal means.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given("insert into book values (3, E'a\\\\b'), (4, E'a\\b')");
    String query = "select id from book where title = 'a\\b'";
    story.assertRight(query);
    try (Client client = story.client()) {
      client.expects("3", query);
      client.run("set standard_conforming_strings = off");
      client.expects("4", query);
      client.run("set standard_conforming_strings = on");
      client.expects("3", query);
    }
  }
}
