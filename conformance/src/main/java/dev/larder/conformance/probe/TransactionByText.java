package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;

final class TransactionByText implements Probe {

  @Override
  public String sentence() {
    return "BEGIN, COMMIT and ROLLBACK as SQL text are transactions like any other.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    try (Client writer = story.client()) {
      writer.run(story.product() == Product.H2 ? "set autocommit off" : "begin");
      writer.run("update book set title = 'never' where id = 1");
      writer.expects("never", TITLE);
      story.expects("v1", TITLE);
      writer.run("rollback");
      story.expects("v1", TITLE);
      writer.run(story.product() == Product.H2 ? "set autocommit off" : "start transaction");
      writer.run("update book set title = 'v2' where id = 1");
      story.expects("v1", TITLE);
      if (story.product() == Product.H2) {
        writer.run("commit");
      } else {
        writer.run("commit and chain");
        story.assertRight(TITLE);
        writer.run("update book set title = 'never' where id = 1");
        story.expects("v2", TITLE);
        writer.run("rollback");
      }
    }
    story.assertRight(TITLE);
  }
}
