package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.driver.ResultDescription;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;

/** A description with the columns' types in PostgreSQL. Immutable and thread-safe. */
final class PgResultDescription extends ResultDescription {

  private final List<PgType> types;

  PgResultDescription(PgBehavior driver, ResultSetMetaData live, List<PgType> types)
      throws SQLException {
    super(driver, live);
    this.types = List.copyOf(types);
  }

  /** The columns' types, by which another result is recognised. */
  List<PgType> types() {
    return types;
  }
}
