package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.EnumSet;
import java.util.Set;

final class WriteThatReturnsRows implements Probe {

  @Override
  public String sentence() {
    return "A write that returns rows is a write, even through executeQuery().";
  }

  @Override
  public Set<Product> products() {
    return EnumSet.complementOf(EnumSet.of(Product.MYSQL));
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    String count = "select count(*) from book";
    story.assertCached(count);
    String insert =
        story.product() == Product.H2
            ? "select id from final table (insert into book values (?, 'new'))"
            : "insert into book values (?, 'new') returning id";
    try (Client client = story.client()) {
      client.expects("3", insert, 3);
      story.assertRight(count);
      client.expects("4", insert, 4);
      story.assertRight(count);
      if (story.product() == Product.POSTGRESQL) {
        client.expects("v2", "update book set title = 'v2' where id = 1 returning title");
        story.assertRight(TITLE);
      }
      if (story.product() == Product.H2) {
        client.expects(
            "v2", "select title from final table (update book set title = 'v2' where id = 1)");
        story.assertRight(TITLE);
      }
      if (story.product() != Product.H2) {
        client.expects("1", "delete from book where id = 1 returning id");
        story.assertRight(TITLE);
        story.assertRight(count);
      }
    }
  }
}
