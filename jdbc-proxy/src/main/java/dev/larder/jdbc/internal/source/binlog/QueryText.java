package dev.larder.jdbc.internal.source.binlog;

import com.github.shyiko.mysql.binlog.event.XAPrepareEventData;
import dev.larder.invalidation.TableName;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a statement does that is in the binary log as text. Stateless and thread-safe.
 *
 * <p>Whatever is not known to do less may change definitions, and with them everything.
 */
final class QueryText {

  /** What it does. */
  enum Kind {
    NOTHING,
    /** It ends the transaction that was told of before it. */
    ENDS,
    XA_COMMITS,
    XA_ROLLS_BACK,
    /** It writes tables that nobody has looked for. */
    WRITES,
    TRUNCATES,
    DEFINES
  }

  private static final String NAME = "(?:`([^`]+)`|([0-9A-Za-z_$]+))";
  private static final Pattern TRUNCATE =
      Pattern.compile(
          "TRUNCATE\\s+(?:TABLE\\s+)?" + NAME + "(?:\\s*\\.\\s*" + NAME + ")?\\s*;?\\s*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern DROP_TEMPORARY =
      Pattern.compile("DROP\\s+(/\\*!\\d+\\s*)?TEMPORARY\\s.*", Pattern.DOTALL);
  private static final Set<String> WRITING =
      Set.of("INSERT", "UPDATE", "DELETE", "REPLACE", "LOAD", "SELECT", "DO", "CALL", "WITH");

  private QueryText() {}

  static Kind kind(String sql) {
    String text = sql.strip();
    String upper = text.substring(0, Math.min(text.length(), 64)).toUpperCase(Locale.ROOT);
    if (upper.equals("COMMIT") || upper.equals("ROLLBACK")) {
      return Kind.ENDS;
    } else if (isControl(upper) || DROP_TEMPORARY.matcher(upper).matches()) {
      return Kind.NOTHING;
    } else if (upper.startsWith("XA COMMIT ")) {
      return Kind.XA_COMMITS;
    } else if (upper.startsWith("XA ROLLBACK ")) {
      return Kind.XA_ROLLS_BACK;
    } else if (TRUNCATE.matcher(text).matches()) {
      return Kind.TRUNCATES;
    }
    return WRITING.contains(upper.split("\\s", 2)[0]) ? Kind.WRITES : Kind.DEFINES;
  }

  private static boolean isControl(String upper) {
    return upper.equals("BEGIN")
        || upper.startsWith("SAVEPOINT ")
        || upper.startsWith("ROLLBACK TO ")
        || upper.startsWith("RELEASE SAVEPOINT ")
        || upper.startsWith("XA START ")
        || upper.startsWith("XA END ");
  }

  /**
   * The name of the transaction that an XA statement names, as the log spells it, but for its case.
   */
  static String branch(String sql) {
    String[] words = sql.strip().split("\\s+", 3);
    return words[2]
        .replaceFirst("(?i)\\s+ONE\\s+PHASE$", "")
        .replaceAll("\\s", "")
        .toLowerCase(Locale.ROOT);
  }

  /** The name of the transaction that an event prepares, as {@link #branch(String)} has it. */
  static String branch(XAPrepareEventData event) {
    byte[] both = event.getData();
    int middle = event.getGtridLength();
    HexFormat hex = HexFormat.of();
    return "x'"
        + hex.formatHex(both, 0, middle)
        + "',x'"
        + hex.formatHex(both, middle, middle + event.getBqualLength())
        + "',"
        + event.getFormatID();
  }

  /** Whether a statement commits a transaction that was not prepared. */
  static boolean isOnePhase(String sql) {
    return sql.strip().toUpperCase(Locale.ROOT).endsWith("ONE PHASE");
  }

  /**
   * The table that a TRUNCATE names.
   *
   * @param schema where the statement ran
   */
  static TableName truncated(String sql, String schema) {
    Matcher found = TRUNCATE.matcher(sql.strip());
    if (!found.matches()) {
      throw new IllegalArgumentException("no TRUNCATE of one table");
    }
    String first = either(found, 1);
    String second = either(found, 3);
    return second.isEmpty() ? new TableName(schema, first) : new TableName(first, second);
  }

  private static String either(Matcher found, int group) {
    String quoted = found.group(group);
    String plain = found.group(group + 1);
    return quoted != null ? quoted : plain != null ? plain : "";
  }
}
