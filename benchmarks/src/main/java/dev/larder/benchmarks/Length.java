package dev.larder.benchmarks;

import java.time.Duration;
import java.util.Locale;

/** How long everything is measured. */
enum Length {
  /** Shows that everything runs; its figures mean nothing. */
  SMOKE(
      new Rounds(1, 1, 1, Duration.ofMillis(100)),
      Duration.ofMillis(500),
      Duration.ofMillis(500),
      1),
  /** All of it in less than ten minutes on two cores; good for ratios. */
  SHORT(
      new Rounds(1, 3, 3, Duration.ofMillis(350)), Duration.ofSeconds(5), Duration.ofSeconds(4), 1),
  /** For figures that are quoted. */
  LONG(
      new Rounds(3, 5, 8, Duration.ofSeconds(1)),
      Duration.ofSeconds(30),
      Duration.ofSeconds(20),
      4);

  /** How often JMH measures each case. */
  record Rounds(int forks, int warmUps, int measurements, Duration iteration) {}

  final Rounds rounds;
  final Duration workload;

  /** Of each pool in each turn. */
  final Duration pool;

  final int poolTurns;

  Length(Rounds rounds, Duration workload, Duration pool, int poolTurns) {
    this.rounds = rounds;
    this.workload = workload;
    this.pool = pool;
    this.poolTurns = poolTurns;
  }

  static Length named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
