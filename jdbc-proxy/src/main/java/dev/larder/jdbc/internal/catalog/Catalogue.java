package dev.larder.jdbc.internal.catalog;

import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.Locking;
import java.util.Set;

/**
 * What a database's own catalogue held at one moment. Implementations are immutable and
 * thread-safe.
 */
public interface Catalogue {

  /**
   * What the answer of this query depends on: views expanded, policies and partitions included,
   * functions judged.
   */
  ReadSet reads(Facts facts, SearchPath path);

  /**
   * What this statement may change: its own targets, and what triggers, cascades, rules, partitions
   * and functions add. Asked of queries too, since a query may call a function that writes.
   */
  WriteSet writes(Facts facts, SearchPath path);

  /**
   * Whether a function that the statement calls may change the session's settings without the text
   * saying so: an undeclared volatile user function, for one.
   */
  boolean mayAlterSession(Facts facts, SearchPath path);

  /** The names of the settings that somebody made up and that definitions read. */
  default Set<String> customSettings() {
    return Set.of();
  }

  /** Whether each name in the text is known to mean a table or a built-in: no view, no routine. */
  default boolean namesNoDefinition(Facts facts, SearchPath path) {
    return false;
  }

  /** What the statement does to its session's locks, the functions that it calls included. */
  Locking locks(Facts facts, SearchPath path);
}
