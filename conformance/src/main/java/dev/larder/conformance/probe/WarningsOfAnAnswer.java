package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Rows;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.sql.ResultSet;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Set;

final class WarningsOfAnAnswer implements Probe {

  @Override
  public String sentence() {
    return "A warning that comes with an answer is given to the one who asked, every time.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.MARIADB, Product.MYSQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertAlike(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery("select 1 / 0 from book where id = 1")) {
            Rows.of(rows);
            SQLWarning warning = statement.getWarnings();
            return warning == null ? "no warning" : "" + warning.getErrorCode();
          }
        });
  }
}
