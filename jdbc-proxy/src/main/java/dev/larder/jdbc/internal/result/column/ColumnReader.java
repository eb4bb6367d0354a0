package dev.larder.jdbc.internal.result.column;

import java.sql.ResultSet;
import java.sql.SQLException;

/** The reader of one column of a live result, row by row. For one thread. */
public abstract class ColumnReader {

  /**
   * Reads the current row's value.
   *
   * @return about how many bytes it takes
   */
  public abstract int read(ResultSet live, int index) throws SQLException;

  /** The column, once every row has been read; the reader is of no more use. */
  public abstract Column finish();
}
