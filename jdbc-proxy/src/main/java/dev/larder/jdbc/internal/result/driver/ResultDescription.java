package dev.larder.jdbc.internal.result.driver;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The description that a driver gives of a text's results before their rows are read. Good for
 * further results of the same text, as long as definitions are what they were; a driver adds what
 * it recognises its own results by. Immutable and thread-safe.
 */
public class ResultDescription {

  private final SnapshotMetaData metaData;

  public ResultDescription(DriverBehavior driver, ResultSetMetaData live) throws SQLException {
    List<ColumnDescription> columns = new ArrayList<>();
    for (int i = 1; i <= live.getColumnCount(); i++) {
      columns.add(ColumnDescription.of(live, i));
    }
    this.metaData = SnapshotMetaData.of(driver, columns);
  }

  /** The metadata of every result so described. */
  public final SnapshotMetaData metaData() {
    return metaData;
  }
}
