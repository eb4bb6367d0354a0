package dev.larder.jdbc.internal.datasource;

import dev.larder.jdbc.internal.pool.Origin;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The drivers by which replicas are reached, with how each spells its time limits. */
enum ReplicaDriver {
  POSTGRESQL("jdbc:postgresql:", Map.of("connectTimeout", "2", "loginTimeout", "3")),
  MYSQL("jdbc:mysql:", Map.of("connectTimeout", "2000")),
  /** Talks to MySQL too; whether it does shows with the first connection. */
  MARIADB("jdbc:mariadb:", Map.of("connectTimeout", "2000"));

  private final String prefix;
  private final Map<String, String> timeLimits;

  ReplicaDriver(String prefix, Map<String, String> timeLimits) {
    this.prefix = prefix;
    this.timeLimits = timeLimits;
  }

  static Optional<ReplicaDriver> of(String url) {
    return Arrays.stream(values()).filter(driver -> url.startsWith(driver.prefix)).findFirst();
  }

  /**
   * Whether one of them reaches all replicas, and the primary as far as that has a URL: what a
   * wrapped DataSource leads to shows with its first connection.
   */
  static boolean reachesAll(Origin primary, List<String> replicas) {
    String first = primary instanceof Origin.Url own ? own.url() : replicas.get(0);
    Optional<ReplicaDriver> driver = of(first);
    return driver.isPresent() && replicas.stream().allMatch(url -> of(url).equals(driver));
  }

  /** A replica that hangs must not hold up those who connect to it. */
  Map<String, String> timeLimits() {
    return timeLimits;
  }
}
