package dev.larder.jdbc.internal.product.mysql;

import dev.larder.jdbc.internal.product.Product;
import dev.larder.jdbc.internal.product.ProductKit;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;

/** MySQL keeps what every product must. */
final class MySqlKitTest extends ProductKit {

  @Override
  protected Product product() {
    return new MySql();
  }

  @Override
  protected TestDatabase database() {
    return Databases.mysql();
  }
}
