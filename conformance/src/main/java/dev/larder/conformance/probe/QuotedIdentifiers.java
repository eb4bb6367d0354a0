package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;

final class QuotedIdentifiers implements Probe {

  @Override
  public String sentence() {
    return "A quoted name and the same name unquoted are different tables, and a write finds "
        + "the right one.";
  }

  @Override
  public void tell(Story story) throws Exception {
    boolean back = story.product().speaksMySql();
    String odd = back ? "`Od d`" : "\"Od d\"";
    String upper = back ? "BOOK2" : story.product() == Product.H2 ? "\"book\"" : "\"BOOK\"";
    story.givenBooks();
    story.given(
        "create table " + odd + " (id int primary key, title varchar(40))",
        "insert into " + odd + " values (1, 'odd')",
        "create table " + upper + " (id int primary key, title varchar(40))",
        "insert into " + upper + " values (1, 'other')");
    story.assertCached(TITLE);
    story.assertCached("select title from " + odd + " where id = 1");
    story.assertCached("select title from " + upper + " where id = 1");
    story.through(
        "update " + upper + " set title = 'other2'", "update " + odd + " set title = 'odd2'");
    story.assertRight("select title from " + upper + " where id = 1");
    story.assertRight("select title from " + odd + " where id = 1");
    story.assertRight(TITLE);
    story.through("update book set title = 'v2' where id = 1");
    story.assertRight(TITLE);
  }
}
