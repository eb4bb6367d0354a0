package dev.larder.jdbc.internal.session;

/**
 * What was found out about one physical connection when it was opened. Immutable and thread-safe.
 *
 * @param serverStart when its server was started, in the server's own microseconds since 1970: it
 *     tells one run of a server from another; 0 where that is not asked
 */
public record PhysicalProfile(SessionBaseline baseline, Backend backend, long serverStart) {

  PhysicalProfile(SessionBaseline baseline, Backend backend) {
    this(baseline, backend, 0);
  }
}
