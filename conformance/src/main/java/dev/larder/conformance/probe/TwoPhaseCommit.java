package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class TwoPhaseCommit implements Probe {

  @Override
  public String sentence() {
    return "A prepared transaction is seen when it is committed, by whatever connection that "
        + "is done.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL, Product.MARIADB, Product.MYSQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    String id = story.name("tx");
    boolean postgres = story.product() == Product.POSTGRESQL;
    try (Client writer = story.client()) {
      writer.run(postgres ? "begin" : "xa start '" + id + "'");
      writer.run("update book set title = 'v2' where id = 1");
      if (!postgres) {
        writer.run("xa end '" + id + "'");
      }
      writer.run((postgres ? "prepare transaction '" : "xa prepare '") + id + "'");
      story.expects("v1", TITLE);
      story.expects("v1", TITLE);
      if (!postgres) {
        writer.run("xa commit '" + id + "'");
      }
    }
    if (postgres) {
      story.through("commit prepared '" + id + "'");
    }
    story.assertRight(TITLE);
  }
}
