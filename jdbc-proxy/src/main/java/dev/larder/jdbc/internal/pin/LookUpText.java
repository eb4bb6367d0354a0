package dev.larder.jdbc.internal.pin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A template that shows columns of the row of one table that has a value in one column, and asks
 * nothing else. Immutable and thread-safe.
 *
 * @param column the column that must have the value, without quotes
 * @param spelled the same as the template spells it
 * @param wholeTable a text that shows the same columns of all rows, and that column behind them
 */
public record LookUpText(String column, String spelled, String wholeTable) {

  /*
   * On purpose only the plainest texts: what is not one of these is not looked at. That its names
   * are columns and no more, and its table one table, is for the facts of the text to say.
   */

  private static final String NAME = "(?:[A-Za-z_][A-Za-z0-9_]*|\"[^\"\1\2]+\"|`[^`\1\2]+`)";
  private static final String COLUMN = "(?:" + NAME + "\\.)?" + NAME;

  /** A template has no spaces beside a star. */
  private static final String LIST =
      "(?<list>\\s*\\*\\s*|\\s+"
          + NAME
          + "\\.\\*\\s*|\\s+"
          + COLUMN
          + "(?:\\s*,\\s*"
          + COLUMN
          + ")*\\s+)";

  private static final String TABLE = COLUMN + "(?:\\s+(?:as\\s+)?" + NAME + ")?";
  private static final Pattern LOOK_UP =
      Pattern.compile(
          "\\s*select"
              + LIST
              + "from\\s+(?<table>"
              + TABLE
              + ")\\s+where\\s+(?<column>"
              + COLUMN
              + ")\\s*=\\s*[?\1\2]\\s*",
          Pattern.CASE_INSENSITIVE);

  /** A longer one is none of these. */
  private static final int LONGEST = 4_000;

  /** What a template looks up so; null where it does something else. */
  public static @Nullable LookUpText of(String template) {
    if (template.length() > LONGEST) {
      return null;
    }
    Matcher found = LOOK_UP.matcher(template);
    if (!found.matches()) {
      return null;
    }
    String column = found.group("column");
    String name = column.substring(column.lastIndexOf('.') + 1);
    String plain =
        name.startsWith("\"") || name.startsWith("`") ? name.substring(1, name.length() - 1) : name;
    return new LookUpText(
        plain,
        column,
        "select " + found.group("list").strip() + ", " + column + " from " + found.group("table"));
  }

  /** A text that shows the same of the rows that have one of so many values there. */
  public String rowsOf(int values) {
    return wholeTable + " where " + spelled + " in (?" + ", ?".repeat(values - 1) + ")";
  }
}
