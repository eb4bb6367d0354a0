package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class InheritanceChild implements Probe {

  @Override
  public String sentence() {
    return "A write to a child shows in the parent, and a write to the parent in the child.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given(
        "create table novel (genre text) inherits (book)",
        "insert into novel values (3, 'n1', 'crime')");
    story.assertCached("select count(*) from book");
    story.assertCached("select title from novel where id = 3");
    story.through("insert into novel values (4, 'n2', 'crime')");
    story.assertRight("select count(*) from book");
    story.through("update book set title = 'n3' where id = 3");
    story.assertRight("select title from novel where id = 3");
  }
}
