package dev.larder.benchmarks.workload;

import java.sql.SQLException;
import java.util.SplittableRandom;

/**
 * A kind of transaction that a workload is mixed of. Immutable and thread-safe.
 *
 * @param name as published
 * @param share its weight among those of the workload, as published
 */
public record TransactionType(String name, double share, Body body) {

  /** The statements of one transaction, between its begin and its commit. */
  @FunctionalInterface
  public interface Body {
    /**
     * Runs them.
     *
     * @return by how much {@link PublishedWorkload#total} grows with the commit
     * @throws Abandoned when the transaction is to be rolled back, as the published one would be
     */
    long run(Session session, SplittableRandom random) throws SQLException;
  }
}
