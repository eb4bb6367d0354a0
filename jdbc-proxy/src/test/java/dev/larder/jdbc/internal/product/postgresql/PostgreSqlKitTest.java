package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.jdbc.internal.product.Product;
import dev.larder.jdbc.internal.product.ProductKit;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;

/** PostgreSQL keeps what every product must. */
final class PostgreSqlKitTest extends ProductKit {

  @Override
  protected Product product() {
    return new PostgreSql();
  }

  @Override
  protected TestDatabase database() {
    return Databases.postgres();
  }
}
