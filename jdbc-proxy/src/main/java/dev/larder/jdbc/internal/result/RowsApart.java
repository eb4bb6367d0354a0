package dev.larder.jdbc.internal.result;

import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.ColumnReader;
import dev.larder.jdbc.internal.result.driver.CapturePlan;
import dev.larder.jdbc.internal.result.driver.DriverBehavior;
import dev.larder.jdbc.internal.result.driver.ResultDescription;
import dev.larder.jdbc.internal.result.driver.SnapshotMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A result each row of which is an answer of its own, but for its last column, which tells the rows
 * apart. Immutable.
 *
 * @param rows those of the result
 * @param none an answer like these without a row
 */
public record RowsApart(List<Row> rows, Snapshot none) {

  /**
   * One row.
   *
   * @param last what its last column has; null for NULL
   */
  public record Row(Snapshot answer, @Nullable Object last) {}

  /**
   * How much is taken in.
   *
   * @param rows at most
   * @param bytes at most
   */
  public record Bounds(int rows, long bytes) {}

  /**
   * Takes in a live result that stands before its first row.
   *
   * @param expected how an answer describes itself
   * @return null where one cannot be reproduced, describes itself otherwise, or there is too much
   */
  public static @Nullable RowsApart capture(
      ResultSet live, DriverBehavior behavior, SnapshotMetaData expected, Bounds bounds)
      throws SQLException {
    ResultSetMetaData metaData = live.getMetaData();
    CapturePlan.Readable first = plan(live, behavior, metaData, null);
    if (first == null) {
      return null;
    }
    ResultDescription description = first.description();
    int shown = first.readers().length - 1;
    SnapshotMetaData own = description.metaData().first(shown);
    if (own != expected) {
      return null;
    }
    List<Row> rows = new ArrayList<>();
    long bytes = 0;
    CapturePlan.Readable next = first;
    while (live.next()) {
      if (rows.size() >= bounds.rows() || bytes > bounds.bytes() || next == null) {
        return null;
      }
      ColumnReader[] readers = next.readers();
      Column[] columns = new Column[shown];
      for (int i = 0; i < shown; i++) {
        readers[i].read(next.values(), i + 1);
        columns[i] = readers[i].finish();
      }
      readers[shown].read(next.values(), shown + 1);
      Column last = readers[shown].finish();
      Snapshot answer = new Snapshot(behavior, columns, own, 1);
      bytes += answer.bytes();
      rows.add(new Row(answer, last.isNull(0) ? null : last.getObject(0)));
      next = plan(live, behavior, metaData, description);
    }
    return next == null ? null : new RowsApart(rows, none(next, behavior, own));
  }

  private static Snapshot none(
      CapturePlan.Readable plan, DriverBehavior behavior, SnapshotMetaData metaData) {
    Column[] columns = new Column[metaData.getColumnCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = plan.readers()[i].finish();
    }
    return new Snapshot(behavior, columns, metaData, 0);
  }

  private static CapturePlan.@Nullable Readable plan(
      ResultSet live,
      DriverBehavior behavior,
      ResultSetMetaData metaData,
      @Nullable ResultDescription last)
      throws SQLException {
    return behavior.plan(live, metaData, last) instanceof CapturePlan.Readable readable
            && readable.readers().length > 1
        ? readable
        : null;
  }
}
