package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

final class BytesAsText implements Probe {

  @Override
  public String sentence() {
    return "The text of bytes follows bytea_output.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given(
        "create table document (id int primary key, content bytea)",
        "insert into document values (1, '\\x41ff')");
    for (String format : List.of("hex", "escape", "hex", "escape")) {
      story.assertAlike(
          connection -> {
            try (Statement statement = connection.createStatement()) {
              statement.execute("set bytea_output = " + format);
              try (ResultSet rows =
                  statement.executeQuery("select content from document where id = 1")) {
                rows.next();
                String text = rows.getString(1);
                statement.execute("reset bytea_output");
                return text;
              }
            }
          });
    }
  }
}
