package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class Upsert implements Probe {

  @Override
  public String sentence() {
    return "INSERT ... ON CONFLICT DO UPDATE (ON DUPLICATE KEY UPDATE) is a write.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL, Product.MARIADB, Product.MYSQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    story.through(
        story.product() == Product.POSTGRESQL
            ? "insert into book values (1, 'v2') on conflict (id) do update set title ="
                + " excluded.title"
            : "insert into book values (1, 'v2') on duplicate key update title = 'v2'");
    story.assertRight(TITLE);
  }
}
