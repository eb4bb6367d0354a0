package dev.larder.redis;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Arrays;

/** What a node answers, as an application sees it. */
final class RowsAsText {

  private RowsAsText() {}

  /** Every value by two getters, and what the metadata says. */
  static String of(TierNodes.Node node, String sql, int parameter) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (Connection connection = node.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        ResultSetMetaData metaData = rows.getMetaData();
        int width = metaData.getColumnCount();
        for (int i = 1; i <= width; i++) {
          text.append(metaData.getColumnLabel(i)).append(' ').append(metaData.getColumnTypeName(i));
          text.append(' ').append(metaData.getColumnDisplaySize(i)).append('\n');
        }
        while (rows.next()) {
          for (int i = 1; i <= width; i++) {
            Object value = rows.getObject(i);
            text.append(value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
            text.append('|').append(rows.wasNull()).append('|');
            text.append(value instanceof Float || value instanceof Double ? "" : rows.getString(i));
            text.append('\n');
          }
        }
      }
    }
    return text.toString();
  }
}
