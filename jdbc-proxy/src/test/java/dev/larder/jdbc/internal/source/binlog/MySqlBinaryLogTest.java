package dev.larder.jdbc.internal.source.binlog;

import dev.larder.testkit.Product;

/** Changes made elsewhere, by MySQL's binary log. */
final class MySqlBinaryLogTest extends BinaryLogContract {

  MySqlBinaryLogTest() {
    super(Product.MYSQL);
  }
}
