package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class SetConfigInsideASelect implements Probe {

  @Override
  public String sentence() {
    return "A SELECT from a table that also sets a setting sets it.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given(
        "create schema other",
        "create table other.book (id int primary key, title text)",
        "insert into other.book values (1, 'other')");
    story.assertCached(TITLE);
    try (Client client = story.client()) {
      client.read("select set_config('search_path', 'other', false), title from book where id = 2");
      client.expects("other", TITLE);
      client.read(
          "select set_config('search_path', title, false) from (select 'public' as title) x");
      client.expects("v1", TITLE);
    }
  }
}
