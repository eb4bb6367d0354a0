package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class SeveralStatementsInOneText implements Probe {

  @Override
  public String sentence() {
    return "In a text of several statements each one counts, wherever it stands.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL, Product.H2);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    story.through("select 1; update book set title = 'v2' where id = 1");
    story.assertRight(TITLE);
    story.assertCached(TITLE);
    story.through("update book set title = 'v3' where id = 1; select title from book where id = 2");
    story.assertRight(TITLE);
    if (story.product() == Product.POSTGRESQL) {
      story.assertCached(TITLE);
      story.through("begin; update book set title = 'v4' where id = 1; commit; select 1");
      story.assertRight(TITLE);
    }
  }
}
