package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Rows;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

final class DiagnosticsOfTheStatementBefore implements Probe {

  private static final String FIVE_WARNINGS =
      "with recursive n (i) as (select 1 union all select i + 1 from n where i < 5)"
          + " select 1 / 0, i from n";

  @Override
  public String sentence() {
    return "found_rows(), row_count(), SHOW WARNINGS and @@warning_count speak of the "
        + "statement before, wherever its answer came from.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.MARIADB, Product.MYSQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    String all = "select id, title from book";
    story.assertCached(all);
    story.assertCached(TITLE);
    for (String query : List.of(all, TITLE, "select title from book where id = 77")) {
      story.assertRight(query);
      for (String question :
          List.of(
              "select found_rows()",
              "select row_count()",
              "select @@warning_count",
              "show warnings",
              "show count(*) warnings")) {
        story.assertAlike(
            connection -> {
              try (Statement statement = connection.createStatement()) {
                try (ResultSet rows = statement.executeQuery(FIVE_WARNINGS)) {
                  Rows.of(rows);
                }
                try (ResultSet rows = statement.executeQuery(query)) {
                  Rows.of(rows);
                }
                try (ResultSet rows = statement.executeQuery(question)) {
                  return Rows.of(rows);
                }
              }
            });
      }
    }
  }
}
