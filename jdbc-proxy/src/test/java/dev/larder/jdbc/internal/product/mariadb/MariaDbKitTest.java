package dev.larder.jdbc.internal.product.mariadb;

import dev.larder.jdbc.internal.product.Product;
import dev.larder.jdbc.internal.product.ProductKit;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;

/** MariaDB keeps what every product must. */
final class MariaDbKitTest extends ProductKit {

  @Override
  protected Product product() {
    return new MariaDb();
  }

  @Override
  protected TestDatabase database() {
    return Databases.mariadb();
  }
}
