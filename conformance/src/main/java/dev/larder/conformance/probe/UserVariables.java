package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class UserVariables implements Probe {

  @Override
  public String sentence() {
    return "A query that reads or sets a user variable (@x) follows the variable.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.MARIADB, Product.MYSQL, Product.H2);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    String query = "select title from book where id = @wanted";
    try (Client one = story.client();
        Client two = story.client()) {
      one.run("set @wanted = 1");
      two.run("set @wanted = 2");
      for (int time = 0; time < 2; time++) {
        one.expects("v1", query);
        two.expects("w1", query);
      }
      one.run("set @wanted = 2");
      one.expects("w1", query);
      if (story.product().speaksMySql()) {
        one.run("set @n = 0");
        one.read("select @n := @n + 1 from book");
        one.read("select @n := @n + 1 from book");
        one.expects("4", "select @n");
        one.run("select id into @wanted from book where title = 'v1'");
        one.expects("v1", query);
      }
    }
  }
}
