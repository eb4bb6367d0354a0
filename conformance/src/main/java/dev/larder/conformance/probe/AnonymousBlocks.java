package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class AnonymousBlocks implements Probe {

  @Override
  public String sentence() {
    return "A DO block (BEGIN NOT ATOMIC) may write anything.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL, Product.MARIADB);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    story.through(
        story.product() == Product.POSTGRESQL
            ? "do $$ begin execute 'update bo' || 'ok set title = ''v2'' where id = 1'; end $$"
            : "begin not atomic update book set title = 'v2' where id = 1; end");
    story.assertRight(TITLE);
  }
}
