package dev.larder.jdbc.internal.result;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a text's results before their rows are read: how the driver describes them. Good
 * for further results of the same text, as long as definitions are what they were. Immutable and
 * thread-safe.
 */
public final class Outline {

  private final SnapshotMetaData metaData;
  private final List<PgType> types;

  private Outline(SnapshotMetaData metaData, List<PgType> types) {
    this.metaData = metaData;
    this.types = types;
  }

  static Outline of(DriverAnswers answers, ResultSetMetaData live, List<PgType> types)
      throws SQLException {
    List<ColumnDescription> descriptions = new ArrayList<>();
    for (int i = 1; i <= live.getColumnCount(); i++) {
      descriptions.add(ColumnDescription.of(live, i));
    }
    return new Outline(SnapshotMetaData.of(answers, descriptions), types);
  }

  SnapshotMetaData metaData() {
    return metaData;
  }

  /** The columns' types, by which another result is recognised; none for drivers but pgjdbc. */
  List<PgType> types() {
    return types;
  }
}
