package dev.larder.jdbc.internal.ask;

import dev.larder.jdbc.internal.result.driver.CapturePlan;
import dev.larder.jdbc.internal.result.driver.ColumnBy;
import dev.larder.jdbc.internal.result.driver.DriverBehavior;
import dev.larder.jdbc.internal.result.driver.MetaDataMethod;
import dev.larder.jdbc.internal.result.driver.Move;
import dev.larder.jdbc.internal.result.driver.ResultDescription;
import dev.larder.jdbc.internal.result.driver.RowMethod;
import dev.larder.jdbc.internal.result.driver.UpdateMethod;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The behaviour of Larder's own answers, where it is itself what a driver is to others: forward
 * only and read-only, as JDBC fixes it. Immutable and thread-safe.
 */
final class AnswerBehavior extends DriverBehavior {

  static final AnswerBehavior LARDER = new AnswerBehavior();

  private AnswerBehavior() {}

  @Override
  public CapturePlan plan(
      ResultSet live, ResultSetMetaData metaData, @Nullable ResultDescription last) {
    return new CapturePlan.Unreadable("an answer of Larder's own");
  }

  @Override
  public SQLException closed() {
    return new SQLException("The result is closed", "24000");
  }

  @Override
  public boolean answersWhenClosed() {
    return false;
  }

  @Override
  public boolean describesWhenClosed() {
    return false;
  }

  @Override
  public SQLException rejected(boolean closed, boolean onRow, int column, int columns) {
    if (closed) {
      return closed();
    }
    return onRow
        ? noMetaData(column, columns)
        : new SQLException("The result is not on a row", "24000");
  }

  @Override
  public SQLException noColumn(@Nullable String label) {
    return new SQLException("The result has no column " + label, "42S22");
  }

  @Override
  public SQLException noMetaData(int column, int columns) {
    return new SQLException("The result has " + columns + " columns and none " + column, "42S22");
  }

  @Override
  public void refuse(RowMethod method, boolean closed) throws SQLException {
    throw readOnly(closed);
  }

  @Override
  public void refuse(UpdateMethod method, ColumnBy by, boolean closed) throws SQLException {
    throw readOnly(closed);
  }

  private SQLException readOnly(boolean closed) {
    return closed
        ? closed()
        : new SQLFeatureNotSupportedException("The result is read-only", "0A000");
  }

  @Override
  public int moved(Move move, int argument, int at, int rows, boolean forwardOnly)
      throws SQLException {
    throw new SQLFeatureNotSupportedException("The result is forward only", "0A000");
  }

  @Override
  public int fetchDirection() {
    return ResultSet.FETCH_FORWARD;
  }

  @Override
  public int fetchDirection(int asked, int now, boolean forwardOnly) throws SQLException {
    if (asked != ResultSet.FETCH_FORWARD) {
      throw new SQLFeatureNotSupportedException("The result is forward only", "0A000");
    }
    return asked;
  }

  @Override
  public int fetchSize(int asked) throws SQLException {
    if (asked < 0) {
      throw new SQLException("A fetch size is not negative", "22023");
    }
    return asked;
  }

  @Override
  public int fetchSizeAtFirst(int asked, @Nullable Statement owner) {
    return asked;
  }

  @Override
  public int holdability() {
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public String cursorName() throws SQLException {
    throw new SQLFeatureNotSupportedException("The result has no cursor's name", "0A000");
  }

  @Override
  public boolean rowChanged(boolean closed) throws SQLException {
    if (closed) {
      throw closed();
    }
    return false;
  }

  @Override
  public boolean ignoresColumn(MetaDataMethod method) {
    return false;
  }

  @Override
  public Class<?> resultClass() {
    return ResultSet.class;
  }

  @Override
  public Class<?> metaDataClass() {
    return ResultSetMetaData.class;
  }
}
