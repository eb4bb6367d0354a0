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
    return Set.of(Product.POSTGRESQL, Product.MARIADB);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    boolean postgres = story.product() == Product.POSTGRESQL;
    String one = "create or replace function f(i int) returns int ";
    story.given(
        one
            + (postgres
                ? "immutable language sql as 'select i + 1'"
                : "deterministic return i + 1"));
    String query = "select f(id) from book where id = 1";
    story.assertRight(query);
    story.through(
        one
            + (postgres
                ? "immutable language sql as 'select i + 2'"
                : "deterministic return i + 2"));
    story.assertRight(query);
  }
}
