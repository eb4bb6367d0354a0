package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class TransactionalDdl implements Probe {

  @Override
  public String sentence() {
    return "DDL inside a transaction shows to the others at COMMIT, not before and not after a "
        + "ROLLBACK.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    try (Client writer = story.client()) {
      writer.begin();
      writer.run("alter table book rename column title to name");
      writer.run("alter table book add column title text default 'new'");
      writer.expects("new", TITLE);
      writer.rollback();
      story.assertRight(TITLE);
      writer.run("create or replace view firsts as select title from book where id = 1");
      writer.expects("v1", "select title from firsts");
      writer.commit();
    }
    story.assertCached("select title from firsts");
    story.through("update book set title = 'v2' where id = 1");
    story.assertRight("select title from firsts");
  }
}
