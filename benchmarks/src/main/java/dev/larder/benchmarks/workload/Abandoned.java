package dev.larder.benchmarks.workload;

/** A transaction that ends in a rollback by what it read, which is part of its workload. */
final class Abandoned extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Abandoned(String reason) {
    super(reason, null, false, false);
  }
}
