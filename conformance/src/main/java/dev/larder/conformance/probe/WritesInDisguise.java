package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.ArrayList;
import java.util.List;

final class WritesInDisguise implements Probe {

  @Override
  public String sentence() {
    return "Comments, odd spacing, leading WITH and EXPLAIN ANALYZE do not hide a write.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    List<String> writes =
        new ArrayList<>(
            List.of(
                "/* select 1 */ update book set title = 'v2' where id = 1",
                "-- select\nUpDaTe\n\tbook SET title = 'v3' where id = 1",
                "update/**/book/**/set title='v4' where id=1"));
    switch (story.product()) {
      case POSTGRESQL -> {
        writes.add(
            "with x as (select 5 as n) update book set title = 'v' || n from x where id = 1");
        writes.add("explain analyze update book set title = 'v6' where id = 1");
        writes.add("explain (analyze, costs off) update book set title = 'v7' where id = 1");
        writes.add("update only book as b set (title) = row ('v8') where id = 1");
      }
      case MARIADB, MYSQL -> {
        writes.add("/*! update book set title = 'v5' where id = 1 */");
        writes.add(
            story.product() == Product.MARIADB
                ? "analyze update book set title = 'v6' where id = 1"
                : "with x as (select 6 as n) update book b join x on b.id = 1 set b.title = 'v6'");
        writes.add("update low_priority ignore book set title = 'v7' where id = 1");
      }
      case H2 -> writes.add("explain analyze update book set title = 'v6' where id = 1");
    }
    for (String write : writes) {
      story.through(write);
      story.assertRight(TITLE);
      story.assertCached(TITLE);
    }
  }
}
