/** The transport is found as a service: nothing here names its module. */
module dev.larder.consumer.redis {
  requires dev.larder.jdbc;
}
