package dev.larder.jdbc.internal.product.h2;

import dev.larder.jdbc.internal.product.Product;
import dev.larder.jdbc.internal.product.ProductKit;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;

/** H2 keeps what every product must. */
final class H2KitTest extends ProductKit {

  @Override
  protected Product product() {
    return new H2();
  }

  @Override
  protected TestDatabase database() {
    return Databases.h2();
  }
}
