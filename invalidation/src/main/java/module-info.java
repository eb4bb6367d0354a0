/** The ledger, and the hooks and sources that feed it. */
module dev.larder.invalidation {
  requires static org.jspecify;
  requires org.slf4j;

  exports dev.larder.invalidation;
  exports dev.larder.invalidation.concurrent to
      dev.larder.jdbc,
      dev.larder.console;
  exports dev.larder.invalidation.ledger to
      dev.larder.jdbc,
      dev.larder.hibernate;
  exports dev.larder.invalidation.source to
      dev.larder.jdbc;
}
