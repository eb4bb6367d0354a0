package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.List;
import java.util.Set;

final class SearchPath implements Probe {

  @Override
  public String sentence() {
    return "The same text in another search path or schema reads another table.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL, Product.H2);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given("create schema one", "create schema two");
    for (String schema : List.of("one", "two")) {
      story.given(
          "create table " + schema + ".book (id int primary key, title varchar(40))",
          "insert into " + schema + ".book values (1, '" + schema + "')");
    }
    List<String> ways =
        story.product() == Product.POSTGRESQL
            ? List.of(
                "set search_path = %s",
                "set search_path to %s, public",
                "set schema '%s'",
                "select set_config('search_path', '%s', false)")
            : List.of("set schema %s", "set schema_search_path %s");
    try (Client client = story.client()) {
      for (String way : ways) {
        for (String schema : List.of("one", "two", "one")) {
          if (way.contains("schema_search_path")) {
            client.run("set schema public");
          }
          client.run(String.format(way, schema));
          client.expects(schema, TITLE);
          client.expects(schema, TITLE);
        }
      }
      client.run("update one.book set title = 'one, changed'");
      client.expects("one, changed", TITLE);
    }
  }
}
