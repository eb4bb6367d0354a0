package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class TableThatHidesAnother implements Probe {

  @Override
  public String sentence() {
    return "A new table earlier in the search path hides the one that was read before.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given("create schema first", "create schema second");
    story.given(
        "create table second.book (id int primary key, title text)",
        "insert into second.book values (1, 'second')");
    try (Client client = story.client()) {
      client.run("set search_path = first, second");
      for (int time = 0; time < 3; time++) {
        client.expects("second", TITLE);
      }
      story.through(
          "create table first.book (id int primary key, title text)",
          "insert into first.book values (1, 'first')");
      client.expects("first", TITLE);
    }
  }
}
