package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class MaterialisedView implements Probe {

  @Override
  public String sentence() {
    return "A materialised view changes by REFRESH, and by nothing else.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given("create materialized view titles as select id, title from book");
    String query = "select title from titles where id = 1";
    story.assertCached(query);
    story.through("update book set title = 'v2' where id = 1");
    story.assertRight(query);
    story.through("refresh materialized view titles");
    story.assertRight(query);
  }
}
