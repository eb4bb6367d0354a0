package dev.larder.conformance;

import dev.larder.testkit.Product;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * One situation that a query cache has to get right, told as a story in the words of SQL.
 *
 * <p>Stateless, and so safe for use by several threads. Each run has a database of its own.
 */
public interface Probe {

  /** Who writes to the database while the story goes on. */
  enum Writers {
    /** Everybody goes through the cache: what it answers must be exact. */
    THROUGH_THE_CACHE,
    /** Others write too: an answer may be as old as {@link Below#MAX_STALENESS}. */
    ANYONE
  }

  /** What must hold, as one sentence for the report. */
  String sentence();

  /**
   * Tells the story; a wrong answer ends it.
   *
   * @throws Exception whatever goes wrong on the way; an exception is never a pass
   */
  void tell(Story story) throws Exception;

  /** The products that have what the story needs. */
  default Set<Product> products() {
    return EnumSet.allOf(Product.class);
  }

  default Writers writers() {
    return Writers.THROUGH_THE_CACHE;
  }

  /** The class's name as words. */
  default String name() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
