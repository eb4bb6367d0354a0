package dev.larder.jdbc.internal.analysis;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a trigger's body makes of the row that it runs for, before that is written. Stateless.
 */
final class RowAlteration {

  /*
   * Only by NEW does a body reach the row, and by what it returns. So each column that stands behind NEW may be set, be it in an
   * assignment, as a target or just read; and a body that names NEW as a whole, or returns anything else, may set any.
   */

  private static final Set<String> RETURNED = Set.of("NEW", "OLD", "NULL");

  private RowAlteration() {}

  /** The columns that it may set, in lower case; null where that may be any. */
  static @Nullable Set<String> of(Tokens tokens) {
    Set<String> columns = new HashSet<>();
    for (int i = 0; i < tokens.size; i++) {
      if (tokens.word(i).equals("RETURN")) {
        if (!RETURNED.contains(tokens.word(i + 1)) || !tokens.is(i + 2, ';')) {
          return null;
        }
        i++;
      } else if (tokens.isName(i) && tokens.part(i).equalsIgnoreCase("new")) {
        if (!tokens.is(i + 1, '.') || !tokens.isName(i + 2)) {
          return null;
        }
        columns.add(tokens.part(i + 2).toLowerCase(Locale.ROOT));
      }
    }
    return columns;
  }
}
