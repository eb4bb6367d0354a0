package dev.larder.jdbc.internal.planning;

import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.eligibility.SnapshotFixing;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Tells by a query's text whether running it fixes a snapshot. Stateless. */
final class SnapshotFixings {

  /*
   * InnoDB fixes a transaction's snapshot when a table is first read, not when a query is run that
   * names one: of conditions that cannot hold the optimizer answers by itself. So the words decide
   * that stand outside of sub-queries: each row is made of one of the first table in FROM, unless a
   * join or an aggregate makes one of nothing. A name that looks like such a word costs an answer
   * from memory.
   */

  /** With these a row may come from elsewhere than from a table of the text. */
  private static final Set<String> ROWS_OF_THEIR_OWN =
      Set.of(
          "right",
          "full",
          "dual",
          "with",
          "values",
          "json_table",
          "rollup",
          "cube",
          "grouping",
          "table");

  /** With these it may be clear before reading that there is nothing to read. */
  private static final Set<String> NARROWING =
      Set.of("where", "having", "on", "using", "natural", "limit", "offset", "fetch", "partition");

  /** What answers one row of no row. */
  private static final Set<String> AGGREGATES =
      Set.of(
          "count",
          "sum",
          "min",
          "max",
          "avg",
          "any_value",
          "group_concat",
          "bit_and",
          "bit_or",
          "bit_xor",
          "std",
          "stddev",
          "stddev_pop",
          "stddev_samp",
          "var_pop",
          "var_samp",
          "variance",
          "json_arrayagg",
          "json_objectagg");

  private SnapshotFixings() {}

  /**
   * @param namesNoDefinition whether all its names mean tables and built-ins
   */
  static SnapshotFixing of(Analysis analysis, Facts facts, boolean namesNoDefinition) {
    if (facts.reads().isEmpty()) {
      return SnapshotFixing.NEVER;
    }
    QueryBlocks blocks = QueryBlocks.of(analysis.template());
    List<String> words = blocks.words();
    boolean rowsAreOfTables =
        namesNoDefinition
            && blocks.selects() > 0
            && blocks.selects() == blocks.tables()
            && Collections.disjoint(words, ROWS_OF_THEIR_OWN);
    if (!rowsAreOfTables) {
      return SnapshotFixing.UNTOLD;
    }
    if (!blocks.hasSubQueries() && Collections.disjoint(words, NARROWING)) {
      return SnapshotFixing.SURELY;
    }
    boolean isOfRows = blocks.selects() == 1 && words.contains("group");
    return isOfRows || Collections.disjoint(words, AGGREGATES)
        ? SnapshotFixing.BY_A_ROW
        : SnapshotFixing.UNTOLD;
  }
}
