package dev.larder.jdbc.equivalence;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing an application does on one of its connections. Its text is Java that makes it again, so
 * that a script can be pasted into a test. Immutable and thread-safe.
 */
sealed interface Step {

  /** Which of the application's connections, from 0. */
  int on();

  /** The connection that goes past Larder on both sides; only for what comes before it starts. */
  int DIRECT = 7;

  /** By which method a text is run. */
  enum By {
    QUERY,
    UPDATE,
    EXECUTE
  }

  /** What is done to a connection itself. */
  enum Act {
    AUTO_COMMIT_OFF,
    AUTO_COMMIT_ON,
    COMMIT,
    ROLLBACK,
    SAVEPOINT,
    ROLLBACK_TO_SAVEPOINT,
    RELEASE_SAVEPOINT,
    READ_COMMITTED,
    REPEATABLE_READ,
    SERIALIZABLE,
    READ_ONLY,
    READ_WRITE,
    SCHEMA_PUBLIC,
    SCHEMA_OTHER,
    READ_WHAT_IS_OPEN,
    REOPEN
  }

  /**
   * What is asked of an execution beside its text.
   *
   * @param ordered whether the rows come in an order that the text fixes
   * @param compared whether their values can be compared at all
   * @param reuse whether a prepared statement is kept open for the next time
   */
  record Asked(
      boolean ordered,
      boolean compared,
      int maxRows,
      int fetchSize,
      boolean scroll,
      boolean keys,
      boolean reuse) {
    static final Asked PLAIN = new Asked(false, true, 0, 0, false, false, false);
    static final Asked ORDERED = new Asked(true, true, 0, 0, false, false, false);
    static final Asked UNCOMPARED = new Asked(false, false, 0, 0, false, false, false);

    @Override
    public String toString() {
      return this.equals(PLAIN)
          ? "PLAIN"
          : this.equals(ORDERED)
              ? "ORDERED"
              : "new Asked(%s, %s, %s, %s, %s, %s, %s)"
                  .formatted(ordered, compared, maxRows, fetchSize, scroll, keys, reuse);
    }
  }

  /** Runs a text; prepared if {@code prepared}, otherwise as it is. */
  record Run(
      int on, By by, String sql, Asked asked, boolean prepared, List<@Nullable Object> values)
      implements Step {
    @Override
    public String toString() {
      String head = prepared ? "prepared" : "plain";
      return "%s(%d, %s, %s, %s%s)"
          .formatted(head, on, by, text(sql), asked, values.isEmpty() ? "" : ", " + listed(values));
    }
  }

  /** Runs a query and reads its first row; the rest waits for {@link Act#READ_WHAT_IS_OPEN}. */
  record Open(int on, String sql) implements Step {
    @Override
    public String toString() {
      return "open(%d, %s)".formatted(on, text(sql));
    }
  }

  /** Runs one prepared text for several rows of values as a batch. */
  record Batch(int on, String sql, List<List<@Nullable Object>> rows) implements Step {
    @Override
    public String toString() {
      return "batch(%d, %s, %s)"
          .formatted(
              on,
              text(sql),
              rows.stream()
                  .map(row -> "row(" + listed(row) + ")")
                  .collect(Collectors.joining(", ")));
    }
  }

  /** Runs several texts as a batch. */
  record Texts(int on, List<String> sqls) implements Step {
    @Override
    public String toString() {
      return "texts(%d, %s)"
          .formatted(on, sqls.stream().map(Step::text).collect(Collectors.joining(", ")));
    }
  }

  /** Does something to the connection. */
  record Do(int on, Act act) implements Step {
    @Override
    public String toString() {
      return "act(%d, %s)".formatted(on, act);
    }
  }

  static Step plain(int on, By by, String sql, Asked asked) {
    return new Run(on, by, sql, asked, false, List.of());
  }

  static Step prepared(int on, By by, String sql, Asked asked, @Nullable Object... values) {
    return new Run(on, by, sql, asked, true, row(values));
  }

  static Step batch(int on, String sql, List<List<@Nullable Object>> rows) {
    return new Batch(on, sql, rows);
  }

  static Step open(int on, String sql) {
    return new Open(on, sql);
  }

  static Step texts(int on, String... sqls) {
    return new Texts(on, List.of(sqls));
  }

  static Step act(int on, Act act) {
    return new Do(on, act);
  }

  /** Runs a text before Larder has started, directly on both sides. */
  static Step before(String sql) {
    return plain(DIRECT, By.EXECUTE, sql, Asked.PLAIN);
  }

  static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  private static String listed(List<@Nullable Object> values) {
    return values.stream().map(Step::literal).collect(Collectors.joining(", "));
  }

  private static String text(String sql) {
    return "\"" + sql.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  private static String literal(@Nullable Object value) {
    if (value instanceof String text) {
      return text(text);
    }
    if (value instanceof Long) {
      return value + "L";
    }
    if (value instanceof BigDecimal) {
      return "new BigDecimal(\"" + value + "\")";
    }
    if (value instanceof Date) {
      return "Date.valueOf(\"" + value + "\")";
    }
    if (value instanceof Timestamp) {
      return "Timestamp.valueOf(\"" + value + "\")";
    }
    return String.valueOf(value);
  }
}
