package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class MergeStatement implements Probe {

  @Override
  public String sentence() {
    return "MERGE is a write.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL, Product.H2);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    story.through(
        story.product() == Product.POSTGRESQL
            ? "merge into book b using (values (1, 'v2')) n (id, title) on b.id = n.id"
                + " when matched then update set title = n.title"
            : "merge into book b using (values (1, 'v2')) n (id, title) on b.id = n.id"
                + " when matched then update set b.title = n.title");
    story.assertRight(TITLE);
  }
}
