package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class ImplicitCommit implements Probe {

  @Override
  public String sentence() {
    return "DDL commits what was open before it, and no ROLLBACK takes it back.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.MARIADB, Product.MYSQL, Product.H2);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    try (Client writer = story.client()) {
      writer.begin();
      writer.run("update book set title = 'v2' where id = 1");
      writer.run("create table later (id int)");
      story.assertRight(TITLE);
      writer.rollback();
    }
    story.assertRight(TITLE);
  }
}
