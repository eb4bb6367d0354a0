package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class TableLocksReadTheNewest implements Probe {

  @Override
  public String sentence() {
    return "Who has locked a table reads what others have just written.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL, Product.MARIADB, Product.MYSQL);
  }

  @Override
  public Writers writers() {
    return Writers.ANYONE;
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    if (story.product() == Product.POSTGRESQL) {
      Locks.readNewest(story, true, "lock table book in share mode");
    } else {
      Locks.readNewest(story, false, "lock tables book write", "unlock tables");
    }
  }
}
