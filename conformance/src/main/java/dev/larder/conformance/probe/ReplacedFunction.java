package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class ReplacedFunction implements Probe {

  @Override
  public String sentence() {
    return "A replaced function gives its new value, however constant the old one was "
        + "declared.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL, Product.MARIADB, Product.MYSQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given(function(story.product(), 1));
    String query = "select f(id) from book where id = 1";
    story.assertRight(query);
    if (story.product() == Product.MYSQL) {
      story.through("drop function f");
    }
    story.through(function(story.product(), 2));
    story.assertRight(query);
  }

  private static String function(Product product, int more) {
    return "create %sfunction f(i int) returns int %s"
        .formatted(
            product == Product.MYSQL ? "" : "or replace ",
            product == Product.POSTGRESQL
                ? "immutable language sql as 'select i + " + more + "'"
                : "deterministic no sql return i + " + more);
  }
}
