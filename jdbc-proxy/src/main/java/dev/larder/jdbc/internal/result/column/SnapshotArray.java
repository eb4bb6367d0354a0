package dev.larder.jdbc.internal.result.column;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A read-only array over elements of its own. For one thread, as an Array is. */
public final class SnapshotArray implements Array {

  private final int type;
  private final String typeName;
  private final @Nullable Object[] elements;
  private boolean freed;

  public SnapshotArray(int type, String typeName, @Nullable Object[] elements) {
    this.type = type;
    this.typeName = typeName;
    this.elements = elements;
  }

  private void checkUsable() throws SQLException {
    if (freed) {
      throw new SQLException("The array was freed", "90007");
    }
  }

  @Override
  public String getBaseTypeName() throws SQLException {
    checkUsable();
    return typeName;
  }

  @Override
  public int getBaseType() throws SQLException {
    checkUsable();
    return type;
  }

  @Override
  public Object getArray() throws SQLException {
    checkUsable();
    return elements.clone();
  }

  @Override
  public Object getArray(@Nullable Map<String, Class<?>> map) throws SQLException {
    checkMap(map);
    return getArray();
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    checkUsable();
    if (index < 1 || index > Math.max(1, elements.length) || count < 0) {
      throw new SQLException("No such elements", "22023");
    }
    int from = (int) index - 1;
    return Arrays.copyOfRange(elements, from, (int) Math.min((long) from + count, elements.length));
  }

  @Override
  public Object getArray(long index, int count, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    checkMap(map);
    return getArray(index, count);
  }

  private static void checkMap(@Nullable Map<String, Class<?>> map) throws SQLException {
    if (map != null && !map.isEmpty()) {
      throw new SQLFeatureNotSupportedException("A cached array maps no types", "0A000");
    }
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    throw new SQLFeatureNotSupportedException("A cached array is no result", "0A000");
  }

  @Override
  public ResultSet getResultSet(@Nullable Map<String, Class<?>> map) throws SQLException {
    return getResultSet();
  }

  @Override
  public ResultSet getResultSet(long index, int count) throws SQLException {
    return getResultSet();
  }

  @Override
  public ResultSet getResultSet(long index, int count, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    return getResultSet();
  }

  @Override
  public void free() {
    freed = true;
  }
}
