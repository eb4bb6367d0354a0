package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class NonTransactionalEngine implements Probe {

  @Override
  public String sentence() {
    return "A write to a MyISAM table shows at once, inside a transaction too.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.MARIADB, Product.MYSQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given(
        "create table book (id int primary key, title varchar(40)) engine = MyISAM",
        "insert into book values (1, 'v1')");
    story.assertRight(TITLE);
    try (Client client = story.client()) {
      client.begin();
      client.run("update book set title = 'v2' where id = 1");
      story.assertRight(TITLE);
      client.rollback();
    }
    story.assertRight(TITLE);
  }
}
