package dev.larder.jdbc.internal.result.driver.standard;

import dev.larder.jdbc.internal.memory.HeapSize;
import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.ColumnReader;
import dev.larder.jdbc.internal.result.column.ObjectValues;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * The reader of a column of a plain type, as the objects that any driver gives for it. For one
 * thread.
 */
final class StandardReader extends ColumnReader {

  /*
   * JDBC fixes the getter of a column's own type. Of a few that applications like to use for
   * another type it says that they convert, and drivers differ in how: those are asked too when a
   * value is read, and answer from memory only while all have agreed.
   */

  /** The getter of texts, for numbers and booleans. */
  static final int STRING = 1;

  /** {@code getInt} and {@code getLong}, for decimals that are whole. */
  static final int WHOLE = 2;

  /** {@code getDouble}, for numbers. */
  static final int DOUBLE = 4;

  /** {@code getBoolean}, for 0 and 1. */
  static final int BOOLEAN = 8;

  private static final int ALL = STRING | WHOLE | DOUBLE | BOOLEAN;

  private static final int BOXED = (int) HeapSize.BOXED_LONG;

  private final ObjectValues<Object> values = new ObjectValues<>();
  private @Nullable Class<?> kind;
  private int agreed = ALL;

  private StandardReader() {}

  private interface Question {
    boolean agrees() throws SQLException;
  }

  /** A reader for a column, or null where JDBC does not fix what its values are. */
  static @Nullable ColumnReader of(ResultSetMetaData metaData, int index) throws SQLException {
    return switch (metaData.getColumnType(index)) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.BOOLEAN,
          Types.DOUBLE,
          Types.DECIMAL,
          Types.NUMERIC,
          Types.VARCHAR,
          Types.LONGVARCHAR ->
          new StandardReader();
      default -> null;
    };
  }

  @Override
  public int read(ResultSet live, int index) throws SQLException {
    Object value = live.getObject(index);
    if (value == null) {
      values.addNull();
      return HeapSize.REFERENCE;
    }
    if (kind == null) {
      kind = value.getClass();
    }
    int weight = weight(value);
    if (weight == 0 || value.getClass() != kind) {
      throw new SQLException("A plain type of another class: " + value.getClass(), "HY000");
    }
    if (!(value instanceof String)) {
      compare(value, live, index);
    }
    values.add(value, weight);
    return weight + HeapSize.REFERENCE;
  }

  /** The memory a value takes, or 0 where it is none of a plain type. */
  private static int weight(Object value) {
    if (value instanceof String text) {
      return (int) HeapSize.wideString(text.length());
    } else if (value instanceof BigDecimal) {
      return (int) HeapSize.BIG_DECIMAL;
    }
    return isWhole(value) || value instanceof Double || value instanceof Boolean ? BOXED : 0;
  }

  static boolean isWhole(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte;
  }

  static String text(Object value) {
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }

  private void compare(Object value, ResultSet live, int index) {
    ask(STRING, () -> text(value).equals(live.getString(index)));
    if (!(value instanceof Number number)) {
      return;
    }
    double real = number.doubleValue();
    if (!(value instanceof Double)) {
      ask(DOUBLE, () -> live.getDouble(index) == real);
    }
    ask(BOOLEAN, () -> (real == 0 || real == 1) && live.getBoolean(index) == (real == 1));
    if (value instanceof BigDecimal decimal) {
      ask(
          WHOLE,
          () ->
              decimal.compareTo(BigDecimal.valueOf(decimal.intValue())) == 0
                  && live.getInt(index) == decimal.intValue()
                  && live.getLong(index) == decimal.intValue());
    }
  }

  private void ask(int getter, Question question) {
    if ((agreed & getter) == 0) {
      return;
    }
    boolean agrees;
    try {
      agrees = question.agrees();
    } catch (SQLException | RuntimeException e) {
      // The driver has its own idea of it, which it is to tell the application itself.
      agrees = false;
    }
    if (!agrees) {
      agreed &= ~getter;
    }
  }

  @Override
  public Column finish() {
    values.trim();
    boolean isNumber = kind != null && Number.class.isAssignableFrom(kind);
    return new StandardColumn(values, kind, isNumber ? agreed : agreed & STRING);
  }
}
