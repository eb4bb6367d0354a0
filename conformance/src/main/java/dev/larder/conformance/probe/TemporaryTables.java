package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;

final class TemporaryTables implements Probe {

  @Override
  public String sentence() {
    return "A temporary table is its session's own, and hides a permanent table of the same "
        + "name from its session alone.";
  }

  @Override
  public void tell(Story story) throws Exception {
    boolean hides = story.product() != Product.H2;
    String name = hides ? "book" : "temporary_book";
    if (hides) {
      story.givenBooks();
      story.assertCached(TITLE);
    }
    String query = "select title from " + name + " where id = 1";
    String create =
        story.product() == Product.H2 ? "create local temporary table " : "create temporary table ";
    try (Client one = story.client();
        Client two = story.client()) {
      if (hides) {
        one.expects("v1", query);
        two.expects("v1", query);
      }
      one.run(create + name + " (id int primary key, title varchar(40))");
      one.run("insert into " + name + " values (1, 'one')");
      one.expects("one", query);
      if (hides) {
        two.expects("v1", query);
        story.expects("v1", query);
      }
      two.run(create + name + " (id int primary key, title varchar(40))");
      two.run("insert into " + name + " values (1, 'two')");
      two.expects("two", query);
      one.expects("one", query);
      one.run("update " + name + " set title = 'one, changed'");
      one.expects("one, changed", query);
      two.expects("two", query);
      if (hides) {
        one.run(
            story.product() == Product.POSTGRESQL
                ? "drop table pg_temp.book"
                : "drop temporary table book");
        one.expects("v1", query);
        story.assertRight(TITLE);
      }
    }
  }
}
