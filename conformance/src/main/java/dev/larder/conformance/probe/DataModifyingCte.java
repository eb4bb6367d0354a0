package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class DataModifyingCte implements Probe {

  @Override
  public String sentence() {
    return "A SELECT whose CTE modifies data is a write.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    try (Client client = story.client()) {
      client.expects(
          "1",
          "with changed as (update book set title = 'v2' where id = 1 returning id)"
              + " select id from changed");
      story.assertRight(TITLE);
      client.expects(
          "no rows",
          "with gone as (delete from book where id = 1 returning id) select id from gone where id >"
              + " 9");
      story.assertRight(TITLE);
    }
  }
}
