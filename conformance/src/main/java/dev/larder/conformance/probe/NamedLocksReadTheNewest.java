package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class NamedLocksReadTheNewest implements Probe {

  @Override
  public String sentence() {
    return "Who holds an advisory or a named lock reads what others have just written.";
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
      Locks.readNewest(story, true, "select pg_advisory_xact_lock(4711)");
      Locks.readNewest(
          story, false, "select pg_advisory_lock(4711)", "select pg_advisory_unlock(4711)");
      Locks.readNewest(
          story, false, "select pg_try_advisory_lock(4711)", "select pg_advisory_unlock_all()");
    } else {
      String name = story.name("lock");
      Locks.readNewest(
          story, false, "select get_lock('" + name + "', 5)", "do release_lock('" + name + "')");
    }
  }
}
