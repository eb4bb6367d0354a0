package dev.larder.jdbc.internal.audit;

import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A result read to be compared with another: labels, types, and values as text with their class.
 * Immutable and thread-safe.
 */
record Rows(List<String> labels, List<String> types, List<List<String>> rows) {

  private static final String NULL = "\u0000";

  /** Reads a result; no further than one row past {@code most}. */
  static Rows of(ResultSet result, int most) throws SQLException {
    ResultSetMetaData metaData = result.getMetaData();
    int width = metaData.getColumnCount();
    List<String> labels = new ArrayList<>(width);
    List<String> types = new ArrayList<>(width);
    for (int i = 1; i <= width; i++) {
      labels.add(String.valueOf(metaData.getColumnLabel(i)));
      types.add(metaData.getColumnType(i) + " " + metaData.getColumnTypeName(i));
    }
    List<List<String>> rows = new ArrayList<>();
    while (rows.size() <= most && result.next()) {
      List<String> row = new ArrayList<>(width);
      for (int i = 1; i <= width; i++) {
        row.add(value(result, i));
      }
      rows.add(row);
    }
    return new Rows(labels, types, rows);
  }

  /** Both sides ask the same getters, so that one that a driver refuses is refused on both. */
  private static String value(ResultSet result, int column) throws SQLException {
    Object value = result.getObject(column);
    if (value == null) {
      return NULL;
    }
    // A driver's own classes for arrays and LOBs stand behind interfaces; those in memory differ.
    String type = value.getClass().getName();
    String shown = type.startsWith("java.") || value instanceof byte[] ? type : "";
    if (value instanceof byte[] bytes) {
      return shown + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Blob blob) {
      return HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
    }
    // As texts, drivers write arrays by the way in which they were sent.
    return value instanceof Array array ? elements(array) : shown + ' ' + result.getString(column);
  }

  private static String elements(@Nullable Object value) throws SQLException {
    if (value instanceof Array array) {
      return elements(array.getArray());
    } else if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    } else if (value instanceof Object[] array) {
      List<String> elements = new ArrayList<>(array.length);
      for (Object element : array) {
        elements.add(elements(element));
      }
      return elements.toString();
    }
    return String.valueOf(value);
  }

  /**
   * Where the other answer differs from this one.
   *
   * @param ordered whether the rows' order counts; otherwise they are a multiset
   */
  @Nullable Difference differenceTo(Rows other, boolean ordered) {
    if (labels.size() != other.labels.size()) {
      return Difference.whole("the number of columns");
    }
    for (int i = 0; i < labels.size(); i++) {
      if (!labels.get(i).equals(other.labels.get(i))) {
        return new Difference(0, i + 1, labels.get(i), "the label");
      }
      if (!types.get(i).equals(other.types.get(i))) {
        return new Difference(0, i + 1, labels.get(i), "the column's type");
      }
    }
    return ordered ? inOrder(other) : asMultiset(other);
  }

  private @Nullable Difference inOrder(Rows other) {
    int common = Math.min(rows.size(), other.rows.size());
    for (int i = 0; i < common; i++) {
      if (!rows.get(i).equals(other.rows.get(i))) {
        return between(i + 1, rows.get(i), other.rows.get(i));
      }
    }
    return rows.size() == other.rows.size()
        ? null
        : new Difference(common + 1, 0, "", "the number of rows");
  }

  private @Nullable Difference asMultiset(Rows other) {
    Map<List<String>, Integer> unmatched = new HashMap<>();
    for (List<String> row : other.rows) {
      unmatched.merge(row, 1, Integer::sum);
    }
    int odd = 0;
    int lost = 0;
    for (int i = 0; i < rows.size(); i++) {
      Integer count = unmatched.get(rows.get(i));
      if (count == null) {
        odd = odd == 0 ? i + 1 : odd;
        lost++;
      } else if (count == 1) {
        unmatched.remove(rows.get(i));
      } else {
        unmatched.put(rows.get(i), count - 1);
      }
    }
    if (lost == 0) {
      return unmatched.isEmpty() ? null : Difference.whole("a row is missing");
    }
    if (lost == 1 && unmatched.size() == 1) {
      return between(odd, rows.get(odd - 1), unmatched.keySet().iterator().next());
    }
    return new Difference(odd, 0, "", "a row that the database does not answer");
  }

  private Difference between(int row, List<String> kept, List<String> fresh) {
    for (int i = 0; i < kept.size(); i++) {
      if (!kept.get(i).equals(fresh.get(i))) {
        return new Difference(row, i + 1, labels.get(i), "the value");
      }
    }
    return new Difference(row, 0, "", "a row that the database does not answer");
  }
}
