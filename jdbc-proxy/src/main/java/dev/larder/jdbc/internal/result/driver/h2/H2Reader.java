package dev.larder.jdbc.internal.result.driver.h2;

import dev.larder.jdbc.internal.memory.HeapSize;
import dev.larder.jdbc.internal.result.column.BitValues;
import dev.larder.jdbc.internal.result.column.ByteValues;
import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.ColumnReader;
import dev.larder.jdbc.internal.result.column.DecimalValues;
import dev.larder.jdbc.internal.result.column.DoubleValues;
import dev.larder.jdbc.internal.result.column.IntValues;
import dev.larder.jdbc.internal.result.column.LongValues;
import dev.larder.jdbc.internal.result.column.ObjectValues;
import dev.larder.jdbc.internal.result.column.TextValues;
import dev.larder.jdbc.internal.result.column.Values;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.h2.engine.CastDataProvider;
import org.h2.jdbc.JdbcResultSet;
import org.h2.message.DbException;
import org.h2.value.Value;
import org.h2.value.ValueArray;
import org.h2.value.ValueInterval;
import org.h2.value.ValueNull;
import org.h2.value.ValueToObjectConverter;
import org.jspecify.annotations.Nullable;

/** The reader of a column by H2's own values. For one thread. */
abstract class H2Reader extends ColumnReader {

  /** H2 says 0 of values that it shares. */
  private static final int LEAST_WEIGHT = (int) HeapSize.BOXED_LONG;

  private final JdbcResultSet result;

  H2Reader(JdbcResultSet result) {
    this.result = result;
  }

  /** A reader for columns of a type, or null where the type cannot be reproduced. */
  static @Nullable ColumnReader of(
      String typeName, JdbcResultSet result, CastDataProvider session) {
    return switch (typeName) {
      case "TINYINT" -> integer(Value.TINYINT, result, session);
      case "SMALLINT" -> integer(Value.SMALLINT, result, session);
      case "INTEGER" -> integer(Value.INTEGER, result, session);
      case "BIGINT" -> bigint(result, session);
      case "CHARACTER" -> character(Value.CHAR, result, session);
      case "CHARACTER VARYING" -> character(Value.VARCHAR, result, session);
      case "VARCHAR_IGNORECASE" -> character(Value.VARCHAR_IGNORECASE, result, session);
      case "BOOLEAN" -> bool(result, session);
      case "DOUBLE PRECISION" -> doublePrecision(result, session);
      case "NUMERIC", "DECIMAL" -> numeric(result, session);
      case "BINARY" -> binary(Value.BINARY, result, session);
      case "BINARY VARYING" -> binary(Value.VARBINARY, result, session);
      case "CHARACTER LARGE OBJECT" -> character(Value.CLOB, result, session);
      case "BINARY LARGE OBJECT" -> binary(Value.BLOB, result, session);
      case "DATE" -> date(result, session);
      case "TIMESTAMP" -> timestamp(result, session);
      case "REAL",
          "DECFLOAT",
          "TIME",
          "TIME WITH TIME ZONE",
          "TIMESTAMP WITH TIME ZONE",
          "UUID",
          "ENUM",
          "JSON" ->
          other(result, session);
      default ->
          typeName.equals("ARRAY") || typeName.endsWith(" ARRAY")
              ? array(result, session)
              : typeName.startsWith("FLOAT")
                  ? other(result, session)
                  : typeName.startsWith("INTERVAL ")
                      ? other(result, session)
                      : typeName.startsWith("ENUM(")
                          ? other(result, session)
                          : isGeometry(typeName) ? other(result, session) : null;
    };
  }

  /** A geometry reads as text, unless the classes of a library are there that it reads as. */
  private static boolean isGeometry(String typeName) {
    return typeName.startsWith("GEOMETRY") && ValueToObjectConverter.GEOMETRY_CLASS == null;
  }

  abstract Values values();

  /** Adds a value that is not NULL, and says how many bytes it takes. */
  abstract int add(Value value);

  @Override
  public final int read(ResultSet live, int index) throws SQLException {
    try {
      Value value = result.getInternal(index);
      if (value == ValueNull.INSTANCE) {
        values().addNull();
        return 1;
      }
      return add(value);
    } catch (RuntimeException e) {
      throw DbException.toSQLException(e);
    }
  }

  private interface Adder<V extends Values> {
    int add(V values, Value value);
  }

  private interface Finisher<V extends Values> {
    Column column(V values);
  }

  private static <V extends Values> H2Reader reader(
      JdbcResultSet result, V values, Adder<V> adder, Finisher<V> finisher) {
    return new H2Reader(result) {
      @Override
      public Values values() {
        return values;
      }

      @Override
      int add(Value value) {
        return adder.add(values, value);
      }

      @Override
      public Column finish() {
        values.trim();
        return finisher.column(values);
      }
    };
  }

  private static ColumnReader integer(int type, JdbcResultSet result, CastDataProvider session) {
    return reader(
        result,
        new IntValues(),
        (values, value) -> {
          values.add(value.getInt());
          return 4;
        },
        values -> new H2Column.IntColumn(values, type, session));
  }

  private static ColumnReader bigint(JdbcResultSet result, CastDataProvider session) {
    return reader(
        result,
        new LongValues(),
        (values, value) -> {
          values.add(value.getLong());
          return 8;
        },
        values -> new H2Column.BigintColumn(values, session));
  }

  private static ColumnReader character(int type, JdbcResultSet result, CastDataProvider session) {
    return reader(
        result,
        new TextValues(),
        (values, value) -> {
          String text = value.getString();
          values.add(text);
          return 4 + text.length();
        },
        values -> new H2Column.CharacterColumn(values, type, session));
  }

  private static ColumnReader bool(JdbcResultSet result, CastDataProvider session) {
    return reader(
        result,
        new BitValues(),
        (values, value) -> {
          values.add(value.getBoolean());
          return 1;
        },
        values -> new H2Column.BooleanColumn(values, session));
  }

  private static ColumnReader doublePrecision(JdbcResultSet result, CastDataProvider session) {
    return reader(
        result,
        new DoubleValues(),
        (values, value) -> {
          values.add(value.getDouble());
          return 8;
        },
        values -> new H2Column.DoubleColumn(values, session));
  }

  private static ColumnReader numeric(JdbcResultSet result, CastDataProvider session) {
    return reader(
        result,
        new DecimalValues(),
        (values, value) -> {
          values.add(value.getBigDecimal());
          return 9;
        },
        values -> new H2Column.NumericColumn(values, session));
  }

  private static ColumnReader binary(int type, JdbcResultSet result, CastDataProvider session) {
    return reader(
        result,
        new ByteValues(),
        (values, value) -> {
          byte[] bytes = type == Value.BLOB ? value.getBytes() : value.getBytesNoCopy();
          values.add(bytes);
          return 4 + bytes.length;
        },
        values -> new H2Column.BinaryColumn(values, type, session));
  }

  private static ColumnReader date(JdbcResultSet result, CastDataProvider session) {
    return reader(
        result,
        new LongValues(),
        (values, value) -> {
          values.add(((org.h2.value.ValueDate) value).getDateValue());
          return 8;
        },
        values -> new H2Column.DateColumn(values, session));
  }

  private static ColumnReader timestamp(JdbcResultSet result, CastDataProvider session) {
    LongValues times = new LongValues();
    return reader(
        result,
        new LongValues(),
        (values, value) -> {
          org.h2.value.ValueTimestamp timestamp = (org.h2.value.ValueTimestamp) value;
          while (times.size() < values.size()) {
            // A NULL before this row has no time of day.
            times.add(0);
          }
          values.add(timestamp.getDateValue());
          times.add(timestamp.getTimeNanos());
          return 16;
        },
        values -> {
          times.trim();
          return new H2Column.TimestampColumn(values, times, session);
        });
  }

  private static ColumnReader other(JdbcResultSet result, CastDataProvider session) {
    return reader(
        result,
        new ObjectValues<Value>(),
        (values, value) -> {
          int weight = Math.max(LEAST_WEIGHT, value.getMemory());
          values.add(value, weight);
          return weight;
        },
        values -> new H2Column.OtherColumn(values, session));
  }

  private static ColumnReader array(JdbcResultSet result, CastDataProvider session) {
    return reader(
        result,
        new ObjectValues<Value>(),
        (values, value) -> {
          if (!isReproduced(value)) {
            throw DbException.getUnsupportedException("an array of such elements");
          }
          int weight = Math.max(LEAST_WEIGHT, value.getMemory());
          values.add(value, weight);
          return weight;
        },
        values -> new H2Column.OtherColumn(values, session));
  }

  /** Whether no element lies anywhere but in memory, or is of a type that is not reproduced. */
  private static boolean isReproduced(Value value) {
    return switch (value.getValueType()) {
      case Value.ARRAY ->
          Arrays.stream(((ValueArray) value).getList()).allMatch(H2Reader::isReproduced);
      case Value.NULL,
          Value.CHAR,
          Value.VARCHAR,
          Value.VARCHAR_IGNORECASE,
          Value.BINARY,
          Value.VARBINARY,
          Value.BOOLEAN,
          Value.TINYINT,
          Value.SMALLINT,
          Value.INTEGER,
          Value.BIGINT,
          Value.NUMERIC,
          Value.REAL,
          Value.DOUBLE,
          Value.DECFLOAT,
          Value.DATE,
          Value.TIME,
          Value.TIME_TZ,
          Value.TIMESTAMP,
          Value.TIMESTAMP_TZ,
          Value.ENUM,
          Value.JSON,
          Value.UUID ->
          true;
      case Value.GEOMETRY -> ValueToObjectConverter.GEOMETRY_CLASS == null;
      default -> value instanceof ValueInterval;
    };
  }
}
