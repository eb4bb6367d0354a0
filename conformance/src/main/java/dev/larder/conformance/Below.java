package dev.larder.conformance;

import dev.larder.testkit.Product;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * What a cache is put above. Immutable and safe for use by several threads.
 *
 * @param dataSource gives a new physical connection per call and counts what goes through it
 * @param product what answers
 * @param writers whether the cache sees every write
 */
public record Below(DataSource dataSource, Product product, Probe.Writers writers) {

  /** How old an answer may be where others write too. */
  public static final Duration MAX_STALENESS = Duration.ofSeconds(1);
}
