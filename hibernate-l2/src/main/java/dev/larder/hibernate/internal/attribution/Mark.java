package dev.larder.hibernate.internal.attribution;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An action of Hibernate's that is writing on this thread, one row at a time. Used by one thread.
 *
 * <p>Set just before the action's statement is prepared and taken away just after. An action that
 * fails in between leaves it behind, so each of its tables counts once, and the end of the
 * transaction takes it away.
 */
final class Mark {

  private static final ThreadLocal<@Nullable Mark> CURRENT = new ThreadLocal<>();

  private final String keeper;
  private final Set<String> tables;

  private Mark(String keeper, Set<String> tables) {
    this.keeper = keeper;
    this.tables = new HashSet<>(tables);
  }

  static void set(String keeper, Set<String> tables) {
    CURRENT.set(new Mark(keeper, tables));
  }

  static void clear() {
    CURRENT.remove();
  }

  /** The keeper of the rows that this text writes, or null where nobody accounts for them. */
  static @Nullable String keeperOf(String sql) {
    Mark current = CURRENT.get();
    if (current == null) {
      return null;
    }
    String table = written(sql);
    return table != null && current.tables.remove(table) ? current.keeper : null;
  }

  /** The table after {@code insert into}, {@code update} or {@code delete from}, as it stands. */
  private static @Nullable String written(String sql) {
    int at = skipComment(sql);
    for (String verb : new String[] {"insert into ", "update ", "delete from "}) {
      if (sql.regionMatches(true, at, verb, 0, verb.length())) {
        int from = at + verb.length();
        int end = from;
        char quote = 0;
        while (end < sql.length()) {
          char c = sql.charAt(end);
          if (quote == 0 && (c == ' ' || c == '(')) {
            break;
          }
          if (c == quote) {
            quote = 0;
          } else if (quote == 0 && (c == '"' || c == '`')) {
            quote = c;
          }
          end++;
        }
        // Only a text that goes on by the row's key: what else Hibernate runs is not by row.
        String rest = sql.substring(end).toLowerCase(Locale.ROOT);
        boolean byRow = at(verb, "insert") || rest.contains(" where ");
        return byRow ? sql.substring(from, end) : null;
      }
    }
    return null;
  }

  private static boolean at(String verb, String word) {
    return verb.startsWith(word);
  }

  private static int skipComment(String sql) {
    int at = 0;
    if (sql.startsWith("/*")) {
      int end = sql.indexOf("*/");
      at = end < 0 ? 0 : end + 2;
    }
    while (at < sql.length() && sql.charAt(at) <= ' ') {
      at++;
    }
    return at;
  }
}
