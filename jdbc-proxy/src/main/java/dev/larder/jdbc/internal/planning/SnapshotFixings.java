package dev.larder.jdbc.internal.planning;

import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.eligibility.SnapshotFixing;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells by a query's text whether running it fixes a snapshot. Stateless. */
final class SnapshotFixings {

  /*
   * InnoDB fixes a transaction's snapshot when a table is first read, not when a query is run that
   * names one: of conditions that cannot hold the optimizer answers by itself. So the words decide,
   * wherever they stand; a name that looks like one costs an answer from memory.
   */

  /** With these a row may come from elsewhere than from a table of the text. */
  private static final Set<String> ROWS_OF_THEIR_OWN =
      Set.of(
          "union",
          "intersect",
          "except",
          "minus",
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

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{Alnum}_$]+");

  private SnapshotFixings() {}

  /**
   * @param namesTablesAlone whether all that the text reads are tables, and nothing a view
   */
  static SnapshotFixing of(Analysis analysis, Facts facts, boolean namesTablesAlone) {
    if (facts.reads().isEmpty()) {
      return SnapshotFixing.NEVER;
    }
    List<String> words = List.of(NO_WORD.split(analysis.template().toLowerCase(Locale.ROOT), -1));
    boolean isPlain =
        Collections.frequency(words, "select") == 1
            && Collections.disjoint(words, ROWS_OF_THEIR_OWN);
    if (!namesTablesAlone || !isPlain) {
      return SnapshotFixing.UNTOLD;
    }
    if (Collections.disjoint(words, NARROWING)) {
      return SnapshotFixing.SURELY;
    }
    return words.contains("group") || Collections.disjoint(words, AGGREGATES)
        ? SnapshotFixing.BY_A_ROW
        : SnapshotFixing.UNTOLD;
  }
}
