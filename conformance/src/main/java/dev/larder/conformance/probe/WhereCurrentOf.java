package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class WhereCurrentOf implements Probe {

  @Override
  public String sentence() {
    return "UPDATE ... WHERE CURRENT OF a cursor is a write.";
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
      client.begin();
      client.run("declare c cursor for select id, title from book order by id for update");
      client.run("fetch next from c");
      client.run("update book set title = 'v2' where current of c");
      client.expects("v2", TITLE);
      story.expects("v1", TITLE);
      client.commit();
    }
    story.assertRight(TITLE);
  }
}
