/** The one record of what changed, and the hooks that feed it. */
module dev.larder.invalidation {
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.larder.invalidation;
}
