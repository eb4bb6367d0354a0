package dev.larder.jdbc.internal.result;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Reads a column of a plain type as the objects any driver gives for it. For one thread. */
final class StandardReader extends ColumnReader {

  private final ObjectValues<Object> values = new ObjectValues<>();

  private StandardReader() {}

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
  int read(ResultSet live, int index) throws SQLException {
    Object value = live.getObject(index);
    if (value == null) {
      values.addNull();
      return 4;
    }
    int weight;
    if (value instanceof String text) {
      weight = 44 + 2 * text.length();
    } else if (value instanceof BigDecimal) {
      weight = 80;
    } else if (value instanceof Number || value instanceof Boolean) {
      weight = 24;
    } else {
      throw new SQLException("A plain type of another class: " + value.getClass(), "HY000");
    }
    values.add(value, weight);
    return weight + 4;
  }

  @Override
  Column finish() {
    values.trim();
    return new StandardColumn(values);
  }
}
