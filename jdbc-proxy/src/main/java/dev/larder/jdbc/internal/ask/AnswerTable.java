package dev.larder.jdbc.internal.ask;

import dev.larder.jdbc.internal.memory.HeapSize;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.ObjectValues;
import dev.larder.jdbc.internal.result.driver.ColumnDescription;
import dev.larder.jdbc.internal.result.driver.SnapshotMetaData;
import java.sql.ResultSetMetaData;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of an answer of Larder's own. For one thread, until it is a snapshot. */
public final class AnswerTable {

  /** What the values of a column are. */
  public enum Kind {
    TEXT(Types.VARCHAR, "varchar", String.class, 255),
    WHOLE(Types.BIGINT, "bigint", Long.class, 19),
    REAL(Types.DOUBLE, "double", Double.class, 17),
    FLAG(Types.BOOLEAN, "boolean", Boolean.class, 5);

    private final int type;
    private final String typeName;
    private final Class<?> javaType;
    private final int width;

    Kind(int type, String typeName, Class<?> javaType, int width) {
      this.type = type;
      this.typeName = typeName;
      this.javaType = javaType;
      this.width = width;
    }
  }

  private final List<ColumnDescription> columns = new ArrayList<>();
  private final List<Kind> kinds = new ArrayList<>();
  private final List<@Nullable Object[]> rows = new ArrayList<>();

  /** Adds a column, before the first row. */
  public AnswerTable column(String name, Kind kind) {
    boolean isNumber = kind == Kind.WHOLE || kind == Kind.REAL;
    columns.add(
        new ColumnDescription(
            false,
            kind == Kind.TEXT,
            false,
            false,
            ResultSetMetaData.columnNullable,
            isNumber,
            kind.width,
            name,
            name,
            "",
            kind.width,
            0,
            "",
            "",
            kind.type,
            kind.typeName,
            true,
            false,
            false,
            kind.javaType.getName()));
    kinds.add(kind);
    return this;
  }

  public AnswerTable text(String... names) {
    for (String name : names) {
      column(name, Kind.TEXT);
    }
    return this;
  }

  public AnswerTable whole(String... names) {
    for (String name : names) {
      column(name, Kind.WHOLE);
    }
    return this;
  }

  public AnswerTable real(String... names) {
    for (String name : names) {
      column(name, Kind.REAL);
    }
    return this;
  }

  public AnswerTable flag(String... names) {
    for (String name : names) {
      column(name, Kind.FLAG);
    }
    return this;
  }

  /** Adds a row, of a value for each column: of its kind, or null. */
  public AnswerTable row(@Nullable Object... values) {
    if (values.length != kinds.size()) {
      throw new IllegalArgumentException("a value for each of the columns: " + values.length);
    }
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      values[i] = value instanceof Integer number ? number.longValue() : value;
      if (values[i] != null && !kinds.get(i).javaType.isInstance(values[i])) {
        throw new IllegalArgumentException(columns.get(i).columnName() + ": " + value);
      }
    }
    rows.add(values);
    return this;
  }

  /** What is said of its columns. */
  public ResultSetMetaData metaData() {
    return SnapshotMetaData.of(AnswerBehavior.LARDER, columns);
  }

  /** The rows as a JSON array of objects. */
  public String json() {
    return AnswerJson.of(columns.stream().map(ColumnDescription::columnName).toList(), rows);
  }

  /**
   * The answer as a result is read from.
   *
   * @param maxRows how many rows it has at most; 0 for all
   */
  public Snapshot snapshot(long maxRows) {
    int size = maxRows == 0 ? rows.size() : (int) Math.min(maxRows, rows.size());
    Column[] taken = new Column[kinds.size()];
    for (int i = 0; i < taken.length; i++) {
      ObjectValues<Object> values = new ObjectValues<>();
      for (int row = 0; row < size; row++) {
        Object value = rows.get(row)[i];
        if (value == null) {
          values.addNull();
        } else {
          values.add(value, HeapSize.BOXED_LONG);
        }
      }
      values.trim();
      taken[i] = new AnswerColumn(values);
    }
    SnapshotMetaData metaData = SnapshotMetaData.of(AnswerBehavior.LARDER, columns);
    return new Snapshot(AnswerBehavior.LARDER, taken, metaData, size);
  }
}
