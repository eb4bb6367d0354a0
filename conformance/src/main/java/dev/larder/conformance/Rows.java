package dev.larder.conformance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A result as one line of text: {@code 1,Ann; 2,NULL}. */
public final class Rows {

  private Rows() {}

  /** Reads what is left of a result; the caller closes it. */
  public static String of(ResultSet result) throws SQLException {
    int columns = result.getMetaData().getColumnCount();
    List<String> rows = new ArrayList<>();
    while (result.next()) {
      List<String> row = new ArrayList<>();
      for (int column = 1; column <= columns; column++) {
        String value = result.getString(column);
        row.add(value == null ? "NULL" : value);
      }
      rows.add(String.join(",", row));
    }
    return rows.isEmpty() ? "no rows" : String.join("; ", rows);
  }
}
