package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class SessionLimits implements Probe {

  @Override
  public String sentence() {
    return "sql_select_limit and group_concat_max_len cut the answer of their session alone.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.MARIADB, Product.MYSQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    String all = "select title from book order by id";
    String joined = "select group_concat(title order by id) from book";
    story.assertCached(all);
    story.assertCached(joined);
    try (Client client = story.client()) {
      client.run("set sql_select_limit = 1");
      client.expects("v1", all);
      client.expects("v1", all);
      client.run("set sql_select_limit = default");
      client.expects("v1; w1", all);
      client.run("set @@session.group_concat_max_len = 4");
      client.expects("v1,w", joined);
      client.expects("v1,w", joined);
    }
    story.expects("v1; w1", all);
    story.expects("v1,w1", joined);
  }
}
