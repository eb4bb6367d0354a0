package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class SqlMode implements Probe {

  @Override
  public String sentence() {
    return "sql_mode decides what a text means: ANSI_QUOTES, PIPES_AS_CONCAT.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.MARIADB, Product.MYSQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    String quoted = "select \"title\" from book where id = 1";
    String pipes = "select 'a' || 'b' from book where id = 1";
    story.assertRight(quoted);
    story.assertRight(pipes);
    try (Client client = story.client()) {
      client.expects("title", quoted);
      client.expects("0", pipes);
      client.run("set sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'");
      client.expects("v1", quoted);
      client.expects("ab", pipes);
      client.run("update book set title = 'v2' where id = 1");
      client.expects("v2", quoted);
      client.run("set session sql_mode = default");
      client.expects("title", quoted);
    }
  }
}
