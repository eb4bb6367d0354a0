package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;

final class GeneratedColumn implements Probe {

  @Override
  public String sentence() {
    return "A generated column changes with the columns it is made of.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given(
        "create table book (id int primary key, price int, twice int generated always as (price *"
            + " 2)"
            + (story.product() == Product.H2 ? "" : " stored")
            + ")",
        "insert into book (id, price) values (1, 10)");
    String query = "select twice from book where id = 1";
    story.assertCached(query);
    story.through("update book set price = 11 where id = 1");
    story.assertRight(query);
  }
}
