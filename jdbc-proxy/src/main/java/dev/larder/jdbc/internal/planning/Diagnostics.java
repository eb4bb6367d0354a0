package dev.larder.jdbc.internal.planning;

import java.util.regex.Pattern;

/**
 * What MariaDB tells of the statement that ran before, and how to make it speak of an answer that
 * it has not given. Stateless.
 *
 * <p>An answer that was kept came without a warning, so that all there is to tell of it is how many
 * rows it had.
 */
public final class Diagnostics {

  /** A name too many costs a round trip after an answer from memory, and nothing else. */
  private static final Pattern QUESTIONS =
      Pattern.compile(
          "\\b(found_rows|row_count|warnings|errors|warning_count|error_count|diagnostics|call"
              + "|execute|begin\\s+not)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final String TEN =
      "(select 1 union all select 1 union all select 1 union all select 1 union all select 1"
          + " union all select 1 union all select 1 union all select 1 union all select 1"
          + " union all select 1)";

  private Diagnostics() {}

  /** Whether a text may ask for them. */
  static boolean asks(String sql) {
    return QUESTIONS.matcher(sql).find();
  }

  /** A query of the server's own that is told of as one with that many rows is. */
  public static String queryOf(int rows) {
    StringBuilder sql = new StringBuilder("select 1 from ").append(TEN).append(" t0");
    int times = 1;
    for (long most = 10; most < rows; most *= 10) {
      sql.append(", ").append(TEN).append(" t").append(times++);
    }
    return sql.append(" limit ").append(rows).toString();
  }
}
