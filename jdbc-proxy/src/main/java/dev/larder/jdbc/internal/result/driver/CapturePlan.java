package dev.larder.jdbc.internal.result.driver;

import dev.larder.jdbc.internal.result.column.ColumnReader;
import java.sql.ResultSet;

/** The plan to capture a result's columns, or the reason why there is none. */
public sealed interface CapturePlan {

  /**
   * Every column can be reproduced.
   *
   * @param values what the readers read from: the driver's own result, which no pool wraps, or else
   *     the live one
   * @param readers one for each column
   */
  record Readable(ResultSet values, ColumnReader[] readers, ResultDescription description)
      implements CapturePlan {}

  /** A column has this type, which cannot. */
  record Unreadable(String typeName) implements CapturePlan {}
}
