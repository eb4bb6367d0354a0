package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.List;
import java.util.Set;

final class DefaultSearchPath implements Probe {

  @Override
  public String sentence() {
    return "What ALTER ROLE ... SET search_path makes of a name counts for reads and for "
        + "writes.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    String app = story.givenUser("app");
    story.given("create schema one", "create schema two");
    for (String schema : List.of("one", "two")) {
      story.given(
          "create table " + schema + ".book (id int primary key, title varchar(40))",
          "insert into " + schema + ".book values (1, '" + schema + "')",
          "grant usage on schema " + schema + " to " + app,
          "grant all on " + schema + ".book to " + app);
    }
    story.given("alter role " + app + " set search_path = one");
    try (Client client = story.clientAs(app)) {
      client.expects("one", TITLE);
      client.expects("one", TITLE);
    }
    story.through("alter role " + app + " set search_path = two");
    try (Client holder = story.clientAs(app)) {
      holder.read("select current_setting('search_path')");
      try (Client client = story.clientAs(app)) {
        client.expects("two", TITLE);
        client.run("update book set title = 'two, changed'");
        client.expects("two, changed", TITLE);
        client.expects("one", "select title from one.book");
      }
    }
  }
}
