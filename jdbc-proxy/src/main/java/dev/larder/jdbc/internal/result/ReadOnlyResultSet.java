package dev.larder.jdbc.internal.result;

import dev.larder.jdbc.internal.result.driver.ColumnBy;
import dev.larder.jdbc.internal.result.driver.RowMethod;
import dev.larder.jdbc.internal.result.driver.UpdateMethod;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;

/** The half of a read-only result that refuses. For one thread, as a ResultSet is. */
abstract class ReadOnlyResultSet implements ResultSet {

  /** Refuses a method about the whole row, as the driver does for a read-only result. */
  abstract void refuse(RowMethod method) throws SQLException;

  /** Refuses a method that would give a column a value, as the driver does. */
  abstract void refuse(UpdateMethod method, ColumnBy by) throws SQLException;

  @Override
  public final void cancelRowUpdates() throws SQLException {
    refuse(RowMethod.CANCEL_ROW_UPDATES);
  }

  @Override
  public final void deleteRow() throws SQLException {
    refuse(RowMethod.DELETE_ROW);
  }

  @Override
  public final void insertRow() throws SQLException {
    refuse(RowMethod.INSERT_ROW);
  }

  @Override
  public final void moveToCurrentRow() throws SQLException {
    refuse(RowMethod.MOVE_TO_CURRENT_ROW);
  }

  @Override
  public final void moveToInsertRow() throws SQLException {
    refuse(RowMethod.MOVE_TO_INSERT_ROW);
  }

  @Override
  public final void refreshRow() throws SQLException {
    refuse(RowMethod.REFRESH_ROW);
  }

  @Override
  public final void updateArray(String columnLabel, @Nullable Array value) throws SQLException {
    refuse(UpdateMethod.UPDATE_ARRAY, ColumnBy.LABEL);
  }

  @Override
  public final void updateArray(int columnIndex, @Nullable Array value) throws SQLException {
    refuse(UpdateMethod.UPDATE_ARRAY, ColumnBy.INDEX);
  }

  @Override
  public final void updateAsciiStream(String columnLabel, @Nullable InputStream stream, int length)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_ASCII_STREAM_INT_LENGTH, ColumnBy.LABEL);
  }

  @Override
  public final void updateAsciiStream(String columnLabel, @Nullable InputStream stream, long length)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_ASCII_STREAM_LONG_LENGTH, ColumnBy.LABEL);
  }

  @Override
  public final void updateAsciiStream(String columnLabel, @Nullable InputStream stream)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_ASCII_STREAM, ColumnBy.LABEL);
  }

  @Override
  public final void updateAsciiStream(int columnIndex, @Nullable InputStream stream, int length)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_ASCII_STREAM_INT_LENGTH, ColumnBy.INDEX);
  }

  @Override
  public final void updateAsciiStream(int columnIndex, @Nullable InputStream stream, long length)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_ASCII_STREAM_LONG_LENGTH, ColumnBy.INDEX);
  }

  @Override
  public final void updateAsciiStream(int columnIndex, @Nullable InputStream stream)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_ASCII_STREAM, ColumnBy.INDEX);
  }

  @Override
  public final void updateBigDecimal(String columnLabel, @Nullable BigDecimal value)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_BIG_DECIMAL, ColumnBy.LABEL);
  }

  @Override
  public final void updateBigDecimal(int columnIndex, @Nullable BigDecimal value)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_BIG_DECIMAL, ColumnBy.INDEX);
  }

  @Override
  public final void updateBinaryStream(String columnLabel, @Nullable InputStream stream, int length)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_BINARY_STREAM_INT_LENGTH, ColumnBy.LABEL);
  }

  @Override
  public final void updateBinaryStream(
      String columnLabel, @Nullable InputStream stream, long length) throws SQLException {
    refuse(UpdateMethod.UPDATE_BINARY_STREAM_LONG_LENGTH, ColumnBy.LABEL);
  }

  @Override
  public final void updateBinaryStream(String columnLabel, @Nullable InputStream stream)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_BINARY_STREAM, ColumnBy.LABEL);
  }

  @Override
  public final void updateBinaryStream(int columnIndex, @Nullable InputStream stream, int length)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_BINARY_STREAM_INT_LENGTH, ColumnBy.INDEX);
  }

  @Override
  public final void updateBinaryStream(int columnIndex, @Nullable InputStream stream, long length)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_BINARY_STREAM_LONG_LENGTH, ColumnBy.INDEX);
  }

  @Override
  public final void updateBinaryStream(int columnIndex, @Nullable InputStream stream)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_BINARY_STREAM, ColumnBy.INDEX);
  }

  @Override
  public final void updateBlob(String columnLabel, @Nullable InputStream stream, long length)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_BLOB_STREAM_LONG_LENGTH, ColumnBy.LABEL);
  }

  @Override
  public final void updateBlob(String columnLabel, @Nullable InputStream stream)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_BLOB_STREAM, ColumnBy.LABEL);
  }

  @Override
  public final void updateBlob(String columnLabel, @Nullable Blob value) throws SQLException {
    refuse(UpdateMethod.UPDATE_BLOB, ColumnBy.LABEL);
  }

  @Override
  public final void updateBlob(int columnIndex, @Nullable InputStream stream, long length)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_BLOB_STREAM_LONG_LENGTH, ColumnBy.INDEX);
  }

  @Override
  public final void updateBlob(int columnIndex, @Nullable InputStream stream) throws SQLException {
    refuse(UpdateMethod.UPDATE_BLOB_STREAM, ColumnBy.INDEX);
  }

  @Override
  public final void updateBlob(int columnIndex, @Nullable Blob value) throws SQLException {
    refuse(UpdateMethod.UPDATE_BLOB, ColumnBy.INDEX);
  }

  @Override
  public final void updateBoolean(String columnLabel, boolean value) throws SQLException {
    refuse(UpdateMethod.UPDATE_BOOLEAN, ColumnBy.LABEL);
  }

  @Override
  public final void updateBoolean(int columnIndex, boolean value) throws SQLException {
    refuse(UpdateMethod.UPDATE_BOOLEAN, ColumnBy.INDEX);
  }

  @Override
  public final void updateByte(String columnLabel, byte value) throws SQLException {
    refuse(UpdateMethod.UPDATE_BYTE, ColumnBy.LABEL);
  }

  @Override
  public final void updateByte(int columnIndex, byte value) throws SQLException {
    refuse(UpdateMethod.UPDATE_BYTE, ColumnBy.INDEX);
  }

  @Override
  public final void updateBytes(String columnLabel, byte @Nullable [] value) throws SQLException {
    refuse(UpdateMethod.UPDATE_BYTES, ColumnBy.LABEL);
  }

  @Override
  public final void updateBytes(int columnIndex, byte @Nullable [] value) throws SQLException {
    refuse(UpdateMethod.UPDATE_BYTES, ColumnBy.INDEX);
  }

  @Override
  public final void updateCharacterStream(String columnLabel, @Nullable Reader stream, int length)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_CHARACTER_STREAM_INT_LENGTH, ColumnBy.LABEL);
  }

  @Override
  public final void updateCharacterStream(String columnLabel, @Nullable Reader stream, long length)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_CHARACTER_STREAM_LONG_LENGTH, ColumnBy.LABEL);
  }

  @Override
  public final void updateCharacterStream(String columnLabel, @Nullable Reader stream)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_CHARACTER_STREAM, ColumnBy.LABEL);
  }

  @Override
  public final void updateCharacterStream(int columnIndex, @Nullable Reader stream, int length)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_CHARACTER_STREAM_INT_LENGTH, ColumnBy.INDEX);
  }

  @Override
  public final void updateCharacterStream(int columnIndex, @Nullable Reader stream, long length)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_CHARACTER_STREAM_LONG_LENGTH, ColumnBy.INDEX);
  }

  @Override
  public final void updateCharacterStream(int columnIndex, @Nullable Reader stream)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_CHARACTER_STREAM, ColumnBy.INDEX);
  }

  @Override
  public final void updateClob(String columnLabel, @Nullable Reader stream, long length)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_CLOB_STREAM_LONG_LENGTH, ColumnBy.LABEL);
  }

  @Override
  public final void updateClob(String columnLabel, @Nullable Reader stream) throws SQLException {
    refuse(UpdateMethod.UPDATE_CLOB_STREAM, ColumnBy.LABEL);
  }

  @Override
  public final void updateClob(String columnLabel, @Nullable Clob value) throws SQLException {
    refuse(UpdateMethod.UPDATE_CLOB, ColumnBy.LABEL);
  }

  @Override
  public final void updateClob(int columnIndex, @Nullable Reader stream, long length)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_CLOB_STREAM_LONG_LENGTH, ColumnBy.INDEX);
  }

  @Override
  public final void updateClob(int columnIndex, @Nullable Reader stream) throws SQLException {
    refuse(UpdateMethod.UPDATE_CLOB_STREAM, ColumnBy.INDEX);
  }

  @Override
  public final void updateClob(int columnIndex, @Nullable Clob value) throws SQLException {
    refuse(UpdateMethod.UPDATE_CLOB, ColumnBy.INDEX);
  }

  @Override
  public final void updateDate(String columnLabel, @Nullable Date value) throws SQLException {
    refuse(UpdateMethod.UPDATE_DATE, ColumnBy.LABEL);
  }

  @Override
  public final void updateDate(int columnIndex, @Nullable Date value) throws SQLException {
    refuse(UpdateMethod.UPDATE_DATE, ColumnBy.INDEX);
  }

  @Override
  public final void updateDouble(String columnLabel, double value) throws SQLException {
    refuse(UpdateMethod.UPDATE_DOUBLE, ColumnBy.LABEL);
  }

  @Override
  public final void updateDouble(int columnIndex, double value) throws SQLException {
    refuse(UpdateMethod.UPDATE_DOUBLE, ColumnBy.INDEX);
  }

  @Override
  public final void updateFloat(String columnLabel, float value) throws SQLException {
    refuse(UpdateMethod.UPDATE_FLOAT, ColumnBy.LABEL);
  }

  @Override
  public final void updateFloat(int columnIndex, float value) throws SQLException {
    refuse(UpdateMethod.UPDATE_FLOAT, ColumnBy.INDEX);
  }

  @Override
  public final void updateInt(String columnLabel, int value) throws SQLException {
    refuse(UpdateMethod.UPDATE_INT, ColumnBy.LABEL);
  }

  @Override
  public final void updateInt(int columnIndex, int value) throws SQLException {
    refuse(UpdateMethod.UPDATE_INT, ColumnBy.INDEX);
  }

  @Override
  public final void updateLong(String columnLabel, long value) throws SQLException {
    refuse(UpdateMethod.UPDATE_LONG, ColumnBy.LABEL);
  }

  @Override
  public final void updateLong(int columnIndex, long value) throws SQLException {
    refuse(UpdateMethod.UPDATE_LONG, ColumnBy.INDEX);
  }

  @Override
  public final void updateNCharacterStream(String columnLabel, @Nullable Reader stream, long length)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_N_CHARACTER_STREAM_LONG_LENGTH, ColumnBy.LABEL);
  }

  @Override
  public final void updateNCharacterStream(String columnLabel, @Nullable Reader stream)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_N_CHARACTER_STREAM, ColumnBy.LABEL);
  }

  @Override
  public final void updateNCharacterStream(int columnIndex, @Nullable Reader stream, long length)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_N_CHARACTER_STREAM_LONG_LENGTH, ColumnBy.INDEX);
  }

  @Override
  public final void updateNCharacterStream(int columnIndex, @Nullable Reader stream)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_N_CHARACTER_STREAM, ColumnBy.INDEX);
  }

  @Override
  public final void updateNClob(String columnLabel, @Nullable Reader stream, long length)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_N_CLOB_STREAM_LONG_LENGTH, ColumnBy.LABEL);
  }

  @Override
  public final void updateNClob(String columnLabel, @Nullable Reader stream) throws SQLException {
    refuse(UpdateMethod.UPDATE_N_CLOB_STREAM, ColumnBy.LABEL);
  }

  @Override
  public final void updateNClob(String columnLabel, @Nullable NClob value) throws SQLException {
    refuse(UpdateMethod.UPDATE_N_CLOB, ColumnBy.LABEL);
  }

  @Override
  public final void updateNClob(int columnIndex, @Nullable Reader stream, long length)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_N_CLOB_STREAM_LONG_LENGTH, ColumnBy.INDEX);
  }

  @Override
  public final void updateNClob(int columnIndex, @Nullable Reader stream) throws SQLException {
    refuse(UpdateMethod.UPDATE_N_CLOB_STREAM, ColumnBy.INDEX);
  }

  @Override
  public final void updateNClob(int columnIndex, @Nullable NClob value) throws SQLException {
    refuse(UpdateMethod.UPDATE_N_CLOB, ColumnBy.INDEX);
  }

  @Override
  public final void updateNString(String columnLabel, @Nullable String value) throws SQLException {
    refuse(UpdateMethod.UPDATE_N_STRING, ColumnBy.LABEL);
  }

  @Override
  public final void updateNString(int columnIndex, @Nullable String value) throws SQLException {
    refuse(UpdateMethod.UPDATE_N_STRING, ColumnBy.INDEX);
  }

  @Override
  public final void updateNull(String columnLabel) throws SQLException {
    refuse(UpdateMethod.UPDATE_NULL, ColumnBy.LABEL);
  }

  @Override
  public final void updateNull(int columnIndex) throws SQLException {
    refuse(UpdateMethod.UPDATE_NULL, ColumnBy.INDEX);
  }

  @Override
  public final void updateObject(String columnLabel, @Nullable Object value, int scaleOrLength)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_OBJECT_SCALED, ColumnBy.LABEL);
  }

  @Override
  public final void updateObject(
      String columnLabel, @Nullable Object value, @Nullable SQLType targetType, int scaleOrLength)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_OBJECT_OF_TYPE_SCALED, ColumnBy.LABEL);
  }

  @Override
  public final void updateObject(
      String columnLabel, @Nullable Object value, @Nullable SQLType targetType)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_OBJECT_OF_TYPE, ColumnBy.LABEL);
  }

  @Override
  public final void updateObject(String columnLabel, @Nullable Object value) throws SQLException {
    refuse(UpdateMethod.UPDATE_OBJECT, ColumnBy.LABEL);
  }

  @Override
  public final void updateObject(int columnIndex, @Nullable Object value, int scaleOrLength)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_OBJECT_SCALED, ColumnBy.INDEX);
  }

  @Override
  public final void updateObject(
      int columnIndex, @Nullable Object value, @Nullable SQLType targetType, int scaleOrLength)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_OBJECT_OF_TYPE_SCALED, ColumnBy.INDEX);
  }

  @Override
  public final void updateObject(
      int columnIndex, @Nullable Object value, @Nullable SQLType targetType) throws SQLException {
    refuse(UpdateMethod.UPDATE_OBJECT_OF_TYPE, ColumnBy.INDEX);
  }

  @Override
  public final void updateObject(int columnIndex, @Nullable Object value) throws SQLException {
    refuse(UpdateMethod.UPDATE_OBJECT, ColumnBy.INDEX);
  }

  @Override
  public final void updateRef(String columnLabel, @Nullable Ref value) throws SQLException {
    refuse(UpdateMethod.UPDATE_REF, ColumnBy.LABEL);
  }

  @Override
  public final void updateRef(int columnIndex, @Nullable Ref value) throws SQLException {
    refuse(UpdateMethod.UPDATE_REF, ColumnBy.INDEX);
  }

  @Override
  public final void updateRow() throws SQLException {
    refuse(RowMethod.UPDATE_ROW);
  }

  @Override
  public final void updateRowId(String columnLabel, @Nullable RowId value) throws SQLException {
    refuse(UpdateMethod.UPDATE_ROW_ID, ColumnBy.LABEL);
  }

  @Override
  public final void updateRowId(int columnIndex, @Nullable RowId value) throws SQLException {
    refuse(UpdateMethod.UPDATE_ROW_ID, ColumnBy.INDEX);
  }

  @Override
  public final void updateSQLXML(String columnLabel, @Nullable SQLXML value) throws SQLException {
    refuse(UpdateMethod.UPDATE_SQLXML, ColumnBy.LABEL);
  }

  @Override
  public final void updateSQLXML(int columnIndex, @Nullable SQLXML value) throws SQLException {
    refuse(UpdateMethod.UPDATE_SQLXML, ColumnBy.INDEX);
  }

  @Override
  public final void updateShort(String columnLabel, short value) throws SQLException {
    refuse(UpdateMethod.UPDATE_SHORT, ColumnBy.LABEL);
  }

  @Override
  public final void updateShort(int columnIndex, short value) throws SQLException {
    refuse(UpdateMethod.UPDATE_SHORT, ColumnBy.INDEX);
  }

  @Override
  public final void updateString(String columnLabel, @Nullable String value) throws SQLException {
    refuse(UpdateMethod.UPDATE_STRING, ColumnBy.LABEL);
  }

  @Override
  public final void updateString(int columnIndex, @Nullable String value) throws SQLException {
    refuse(UpdateMethod.UPDATE_STRING, ColumnBy.INDEX);
  }

  @Override
  public final void updateTime(String columnLabel, @Nullable Time value) throws SQLException {
    refuse(UpdateMethod.UPDATE_TIME, ColumnBy.LABEL);
  }

  @Override
  public final void updateTime(int columnIndex, @Nullable Time value) throws SQLException {
    refuse(UpdateMethod.UPDATE_TIME, ColumnBy.INDEX);
  }

  @Override
  public final void updateTimestamp(String columnLabel, @Nullable Timestamp value)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_TIMESTAMP, ColumnBy.LABEL);
  }

  @Override
  public final void updateTimestamp(int columnIndex, @Nullable Timestamp value)
      throws SQLException {
    refuse(UpdateMethod.UPDATE_TIMESTAMP, ColumnBy.INDEX);
  }
}
