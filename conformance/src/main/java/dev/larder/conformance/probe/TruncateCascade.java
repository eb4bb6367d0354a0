package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class TruncateCascade implements Probe {

  @Override
  public String sentence() {
    return "TRUNCATE ... CASCADE empties every table that refers to this one.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given(
        "create table shelf (id int primary key)",
        "create table book (id int primary key, shelf int references shelf)",
        "insert into shelf values (1)",
        "insert into book select n, 1 from generate_series(1, 20) n");
    story.assertCached("select count(*) from book");
    story.through("truncate shelf cascade");
    story.assertRight("select count(*) from book");
  }
}
