package dev.larder.jdbc.internal.source.binlog;

import dev.larder.testkit.Product;

/** Changes made elsewhere, by MariaDB's binary log. */
final class MariaDbBinaryLogTest extends BinaryLogContract {

  MariaDbBinaryLogTest() {
    super(Product.MARIADB);
  }
}
