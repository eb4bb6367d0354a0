/** Larder's DataSource and Driver, by the module path. */
module dev.larder.consumer.jdbc {
  requires dev.larder.jdbc;
}
