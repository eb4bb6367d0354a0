package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.List;
import java.util.Locale;
import java.util.Set;

final class SetSchema implements Probe {

  @Override
  public String sentence() {
    return "The same with Connection.setSchema.";
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
    for (String schema : List.of("one", "two", "one", "two")) {
      try (Client client = story.client()) {
        String spelling = story.product() == Product.H2 ? schema.toUpperCase(Locale.ROOT) : schema;
        client.connection().setSchema(spelling);
        client.expects(schema, TITLE);
        client.expects(schema, TITLE);
      }
    }
  }
}
