package dev.larder.jdbc.internal.result.driver.h2;

import dev.larder.jdbc.internal.result.column.SnapshotArray;
import dev.larder.jdbc.internal.result.driver.DriverAccess;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.h2.api.ErrorCode;
import org.h2.jdbc.JdbcArray;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;
import org.h2.value.DataType;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueArray;
import org.jspecify.annotations.Nullable;

/** An array of a captured column, by H2's own value. For one thread. */
final class H2SnapshotArray extends SnapshotArray {

  /** Makes an object of an element, which may be NULL. */
  interface Elements {
    @Nullable Object of(Value element);
  }

  private final Elements elements;
  private @Nullable ValueArray value;

  H2SnapshotArray(ValueArray value, Elements elements) {
    this.value = value;
    this.elements = elements;
  }

  private ValueArray value() throws SQLException {
    ValueArray known = value;
    if (known == null) {
      throw DbException.get(ErrorCode.OBJECT_CLOSED).getSQLException();
    }
    return known;
  }

  @Override
  protected ResultSet rows(Statement statement, Rows rows) throws SQLException {
    JdbcConnection connection = DriverAccess.driversOwn(statement, JdbcConnection.class);
    return DriverAccess.ofItsOwn(statement, rows.of(new JdbcArray(connection, value(), 0)));
  }

  private TypeInfo component() throws SQLException {
    return value().getComponentType();
  }

  @Override
  public String getBaseTypeName() throws SQLException {
    return component().getDeclaredTypeName();
  }

  @Override
  public int getBaseType() throws SQLException {
    return DataType.convertTypeToSQLType(component());
  }

  @Override
  public Object getArray() throws SQLException {
    Value[] list = value().getList();
    return objects(list, 0, list.length);
  }

  @Override
  public Object getArray(@Nullable Map<String, Class<?>> map) throws SQLException {
    checkMap(map);
    return getArray();
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    Value[] list = value().getList();
    int length = list.length;
    if (index < 1 || (index != 1 && index > length)) {
      throw DbException.getInvalidValueException("index (1.." + length + ')', index)
          .getSQLException();
    }
    int rest = length - (int) index + 1;
    if (count < 0) {
      throw DbException.getInvalidValueException("count (0.." + rest + ')', count)
          .getSQLException();
    }
    return objects(list, (int) index - 1, Math.min(rest, count));
  }

  @Override
  public Object getArray(long index, int count, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    value();
    checkMap(map);
    return getArray(index, count);
  }

  private Object objects(Value[] list, int from, int count) throws SQLException {
    try {
      @Nullable Object[] objects = new @Nullable Object[count];
      for (int i = 0; i < count; i++) {
        objects[i] = owned(elements.of(list[from + i]));
      }
      return objects;
    } catch (RuntimeException e) {
      throw DbException.toSQLException(e);
    }
  }

  private static void checkMap(@Nullable Map<String, Class<?>> map) throws SQLException {
    if (map != null && !map.isEmpty()) {
      throw H2Behavior.unsupported("map.size > 0");
    }
  }

  @Override
  public void free() {
    value = null;
  }

  @Override
  public String toString() {
    ValueArray known = value;
    return known == null ? "null" : known.getTraceSQL();
  }
}
