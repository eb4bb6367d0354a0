package dev.larder.benchmarks;

import java.time.Duration;
import java.util.Locale;

/** How long everything is measured. */
enum Length {
  /** Shows that everything runs; its figures mean nothing. */
  SMOKE(1, 1, 1, Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofMillis(500), 1),
  /** All of it in less than ten minutes on two cores; good for ratios. */
  SHORT(1, 3, 3, Duration.ofMillis(350), Duration.ofSeconds(5), Duration.ofSeconds(4), 1),
  /** For figures that are quoted. */
  LONG(3, 5, 8, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(20), 4);

  final int forks;
  final int warmUps;
  final int measurements;
  final Duration iteration;
  final Duration workload;

  /** Of each pool in each turn. */
  final Duration pool;

  final int poolTurns;

  Length(
      int forks,
      int warmUps,
      int measurements,
      Duration iteration,
      Duration workload,
      Duration pool,
      int poolTurns) {
    this.forks = forks;
    this.warmUps = warmUps;
    this.measurements = measurements;
    this.iteration = iteration;
    this.workload = workload;
    this.pool = pool;
    this.poolTurns = poolTurns;
  }

  static Length named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
