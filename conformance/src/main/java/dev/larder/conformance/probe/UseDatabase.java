package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class UseDatabase implements Probe {

  @Override
  public String sentence() {
    return "The same text after USE, or setCatalog, reads another database.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.MARIADB, Product.MYSQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    String other = story.name("other");
    story.givenBooks();
    story.given(
        "create schema " + other,
        "create table " + other + ".book (id int primary key, title varchar(40))",
        "insert into " + other + ".book values (1, 'other')");
    story.atTheEnd("drop schema " + other);
    story.assertCached(TITLE);
    try (Client client = story.client()) {
      String home = client.connection().getCatalog();
      client.run("use " + other);
      client.expects("other", TITLE);
      client.expects("other", TITLE);
      client.run("use " + home);
      client.expects("v1", TITLE);
      client.connection().setCatalog(other);
      client.expects("other", TITLE);
      client.connection().setCatalog(home);
      client.expects("v1", TITLE);
    }
  }
}
