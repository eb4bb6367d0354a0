package dev.larder.hibernate.internal.attribution;

import dev.larder.hibernate.internal.session.Announcement;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An action of Hibernate's that is being carried out on this thread, one row at a time. Used by one
 * thread.
 */
final class Mark {

  private static final ThreadLocal<@Nullable Mark> CURRENT = new ThreadLocal<>();

  private final String keeper;
  private final Set<String> tables;
  private boolean taken;

  private Mark(Announcement.Keeping keeping) {
    this.keeper = keeping.keeper();
    this.tables = new HashSet<>(keeping.tables());
  }

  static void open(Announcement.Keeping keeping) {
    CURRENT.set(new Mark(keeping));
  }

  /** Whether any text was marked since. */
  static boolean close() {
    Mark current = CURRENT.get();
    CURRENT.remove();
    return current != null && current.taken;
  }

  /** The keeper of the rows that this text writes, or null where nobody accounts for them. */
  static @Nullable String keeperOf(String sql) {
    Mark current = CURRENT.get();
    if (current == null) {
      return null;
    }
    String table = written(sql);
    if (table == null || !current.tables.remove(table)) {
      return null;
    }
    current.taken = true;
    return current.keeper;
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
        boolean byRow = at(verb, "insert") || hasWhere(sql, end);
        return byRow ? sql.substring(from, end) : null;
      }
    }
    return null;
  }

  private static boolean hasWhere(String sql, int from) {
    int space = sql.indexOf(' ', from);
    while (space >= 0 && !sql.regionMatches(true, space, " where ", 0, 7)) {
      space = sql.indexOf(' ', space + 1);
    }
    return space >= 0;
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
