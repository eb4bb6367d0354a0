package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class PrepareAndExecuteInSql implements Probe {

  @Override
  public String sentence() {
    return "A write prepared and executed by SQL text is a write.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL, Product.MARIADB, Product.MYSQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    try (Client client = story.client()) {
      if (story.product() == Product.POSTGRESQL) {
        client.run("prepare p (text) as update book set title = $1 where id = 1");
        client.run("execute p ('v2')");
        story.assertRight(TITLE);
        client.run("execute p ('v3')");
      } else {
        client.run("prepare p from 'update book set title = ? where id = 1'");
        client.run("set @title = 'v2'");
        client.run("execute p using @title");
        story.assertRight(TITLE);
        if (story.product() == Product.MARIADB) {
          client.run("execute immediate 'update book set title = ''v3'' where id = 1'");
        } else {
          client.run("set @title = 'v3'");
          client.run("execute p using @title");
        }
      }
      story.assertRight(TITLE);
    }
  }
}
