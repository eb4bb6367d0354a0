package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.sql.Connection;
import java.util.Set;

final class ReadUncommittedIsNotShared implements Probe {

  @Override
  public String sentence() {
    return "What a READ UNCOMMITTED reader saw of an open transaction is not given to others.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.MARIADB, Product.MYSQL, Product.H2);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    try (Client writer = story.client();
        Client reader = story.client()) {
      writer.begin();
      writer.run("update book set title = 'never' where id = 1");
      reader.connection().setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
      reader.read(TITLE);
      reader.read(TITLE);
      reader.begin();
      reader.read(TITLE);
      reader.commit();
      story.expects("v1", TITLE);
      writer.rollback();
      reader.connection().setAutoCommit(true);
    }
    story.assertRight(TITLE);
  }
}
