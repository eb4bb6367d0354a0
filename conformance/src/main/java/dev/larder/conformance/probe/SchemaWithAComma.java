package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.List;
import java.util.Set;

final class SchemaWithAComma implements Probe {

  @Override
  public String sentence() {
    return "A schema with a comma in its name is one schema.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    for (String schema : List.of("\"a,b\"", "a", "b")) {
      story.given(
          "create schema " + schema,
          "create table " + schema + ".book (id int primary key, title varchar(40))",
          "insert into " + schema + ".book values (1, 'in ' || '" + schema + "')");
    }
    try (Client client = story.client()) {
      for (String way :
          List.of(
              "set search_path = \"a,b\"",
              "set search_path to \"a,b\", public",
              "select set_config('search_path', '\"a,b\"', false)")) {
        client.run(way);
        isFollowed(story, client, way);
        client.run("reset search_path");
      }
      client.connection().setSchema("a,b");
      isFollowed(story, client, "setSchema");
    }
  }

  private static void isFollowed(Story story, Client client, String way) throws Exception {
    client.expects(story.truth("select title from \"a,b\".book"), TITLE);
    client.run("update book set title = left(?, 40)", way);
    client.expects(story.truth("select title from \"a,b\".book"), TITLE);
    client.expects("in a", "select title from a.book");
  }
}
