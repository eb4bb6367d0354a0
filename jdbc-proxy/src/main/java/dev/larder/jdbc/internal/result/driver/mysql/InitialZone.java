package dev.larder.jdbc.internal.result.driver.mysql;

import java.util.TimeZone;

/**
 * The JVM's time zone when the first result was read: connections keep the zone that they were
 * opened in, so that after a change nothing tells what a connection's is. Stateless.
 */
final class InitialZone {

  private static final TimeZone ZONE = TimeZone.getDefault();

  private InitialZone() {}

  static boolean isStillDefault() {
    return TimeZone.getDefault().equals(ZONE);
  }
}
