/** Carries what nodes that run Larder tell each other through a Redis stream. */
module dev.larder.redis {
  requires dev.larder.jdbc;
  requires lettuce.core;
  // What Lettuce, an automatic module, needs and cannot say.
  requires io.netty.handler;
  requires io.netty.resolver.dns;
  requires static org.jspecify;

  provides dev.larder.jdbc.internal.transport.StreamTransport with
      dev.larder.redis.RedisTransport;
}
