package dev.larder.hibernate.internal.attribution;

import dev.larder.hibernate.internal.session.Announcement;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hint for the statements of an action of Hibernate's that is being carried out on this thread,
 * one row at a time: which cache accounts for the rows. Used by one thread.
 */
final class StatementHint {

  private static final ThreadLocal<@Nullable StatementHint> CURRENT = new ThreadLocal<>();

  private final String cache;
  private final Set<String> tables;
  private boolean used;

  private StatementHint(Announcement.Exemption exemption) {
    this.cache = exemption.cache();
    this.tables = new HashSet<>(exemption.tables());
  }

  static void open(Announcement.Exemption exemption) {
    CURRENT.set(new StatementHint(exemption));
  }

  /** Whether any text was given the hint since. */
  static boolean close() {
    StatementHint current = CURRENT.get();
    CURRENT.remove();
    return current != null && current.used;
  }

  /** The cache that accounts for the rows that this text writes, or null where none does. */
  static @Nullable String cacheOf(String sql) {
    StatementHint current = CURRENT.get();
    if (current == null) {
      return null;
    }
    String table = written(sql);
    if (table == null || !current.tables.remove(table)) {
      return null;
    }
    current.used = true;
    return current.cache;
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
