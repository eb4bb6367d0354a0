package dev.larder.jdbc.internal.result.driver;

import java.sql.ResultSet;
import java.sql.SQLException;

/** A method of {@link ResultSet} that changes the current row as a whole, or prepares that. */
public enum RowMethod {
  CANCEL_ROW_UPDATES("cancelRowUpdates()", ResultSet::cancelRowUpdates),
  DELETE_ROW("deleteRow()", ResultSet::deleteRow),
  INSERT_ROW("insertRow()", ResultSet::insertRow),
  MOVE_TO_CURRENT_ROW("moveToCurrentRow()", ResultSet::moveToCurrentRow),
  MOVE_TO_INSERT_ROW("moveToInsertRow()", ResultSet::moveToInsertRow),
  REFRESH_ROW("refreshRow()", ResultSet::refreshRow),
  UPDATE_ROW("updateRow()", ResultSet::updateRow);

  private interface Call {
    void on(ResultSet result) throws SQLException;
  }

  private final String signature;
  private final Call call;

  RowMethod(String signature, Call call) {
    this.signature = signature;
    this.call = call;
  }

  /** The method as {@code explain} names it. */
  public String signature() {
    return signature;
  }

  /** Calls the method. */
  public void on(ResultSet result) throws SQLException {
    call.on(result);
  }
}
