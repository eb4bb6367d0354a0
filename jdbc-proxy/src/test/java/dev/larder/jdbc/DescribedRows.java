package dev.larder.jdbc;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A result in words: its metadata, and every value by two getters. */
public final class DescribedRows {

  private DescribedRows() {}

  /** All rows that are left. */
  public static List<String> of(ResultSet rows) throws SQLException {
    ResultSetMetaData metaData = rows.getMetaData();
    List<String> all = new ArrayList<>();
    int width = metaData.getColumnCount();
    for (int i = 1; i <= width; i++) {
      all.add(
          String.join(
              ":",
              metaData.getColumnLabel(i),
              metaData.getColumnName(i),
              metaData.getColumnTypeName(i),
              metaData.getColumnClassName(i),
              String.valueOf(metaData.getTableName(i)),
              Integer.toString(metaData.isNullable(i)),
              Integer.toString(metaData.getPrecision(i)),
              Integer.toString(metaData.getScale(i)),
              Integer.toString(metaData.getColumnDisplaySize(i))));
    }
    while (rows.next()) {
      for (int i = 1; i <= width; i++) {
        Object value = rows.getObject(i);
        all.add(
            rows.getString(i)
                + "/"
                + value
                + (value == null ? "" : value.getClass())
                + rows.wasNull());
      }
      all.add("end of row");
    }
    return all;
  }
}
