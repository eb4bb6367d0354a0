package dev.larder.jdbc.internal.source.binlog;

import dev.larder.jdbc.internal.source.Elsewhere;
import dev.larder.jdbc.internal.source.SourceContract;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.Relay;
import dev.larder.testkit.TestDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What every source has to do, by the binary log of a product. */
abstract class BinaryLogContract extends SourceContract {

  private final Product product;

  BinaryLogContract(Product product) {
    this.product = product;
  }

  @Override
  protected final TestDatabase fresh() {
    return Databases.logging(product);
  }

  @Override
  protected final String[] settings(TestDatabase database, Relay relay) {
    return new String[] {
      "larder.invalidation.mysql",
      "binlog",
      "larder.invalidation.mysql.url",
      Elsewhere.withUser(database, database.urlThrough(relay))
    };
  }

  @Override
  protected final String leftovers(Statement statement) throws SQLException {
    StringBuilder dumping = new StringBuilder();
    try (ResultSet rows = statement.executeQuery("show processlist")) {
      while (rows.next()) {
        if (rows.getString("Command").startsWith("Binlog Dump")) {
          dumping.append(rows.getString("Id")).append(' ');
        }
      }
    }
    return dumping.toString();
  }
}
