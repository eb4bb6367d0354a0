package dev.larder.jdbc.internal.result;

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

  /**
   * Refuses a method, named with its parameter types, as the driver does for a read-only result.
   */
  abstract void readOnly(String method) throws SQLException;

  @Override
  public final void cancelRowUpdates() throws SQLException {
    readOnly("cancelRowUpdates()");
  }

  @Override
  public final void deleteRow() throws SQLException {
    readOnly("deleteRow()");
  }

  @Override
  public final void insertRow() throws SQLException {
    readOnly("insertRow()");
  }

  @Override
  public final void moveToCurrentRow() throws SQLException {
    readOnly("moveToCurrentRow()");
  }

  @Override
  public final void moveToInsertRow() throws SQLException {
    readOnly("moveToInsertRow()");
  }

  @Override
  public final void refreshRow() throws SQLException {
    readOnly("refreshRow()");
  }

  @Override
  public final void updateArray(String columnLabel, @Nullable Array value) throws SQLException {
    readOnly("updateArray(String,Array)");
  }

  @Override
  public final void updateArray(int columnIndex, @Nullable Array value) throws SQLException {
    readOnly("updateArray(int,Array)");
  }

  @Override
  public final void updateAsciiStream(String columnLabel, @Nullable InputStream stream, int length)
      throws SQLException {
    readOnly("updateAsciiStream(String,InputStream,int)");
  }

  @Override
  public final void updateAsciiStream(String columnLabel, @Nullable InputStream stream, long length)
      throws SQLException {
    readOnly("updateAsciiStream(String,InputStream,long)");
  }

  @Override
  public final void updateAsciiStream(String columnLabel, @Nullable InputStream stream)
      throws SQLException {
    readOnly("updateAsciiStream(String,InputStream)");
  }

  @Override
  public final void updateAsciiStream(int columnIndex, @Nullable InputStream stream, int length)
      throws SQLException {
    readOnly("updateAsciiStream(int,InputStream,int)");
  }

  @Override
  public final void updateAsciiStream(int columnIndex, @Nullable InputStream stream, long length)
      throws SQLException {
    readOnly("updateAsciiStream(int,InputStream,long)");
  }

  @Override
  public final void updateAsciiStream(int columnIndex, @Nullable InputStream stream)
      throws SQLException {
    readOnly("updateAsciiStream(int,InputStream)");
  }

  @Override
  public final void updateBigDecimal(String columnLabel, @Nullable BigDecimal value)
      throws SQLException {
    readOnly("updateBigDecimal(String,BigDecimal)");
  }

  @Override
  public final void updateBigDecimal(int columnIndex, @Nullable BigDecimal value)
      throws SQLException {
    readOnly("updateBigDecimal(int,BigDecimal)");
  }

  @Override
  public final void updateBinaryStream(String columnLabel, @Nullable InputStream stream, int length)
      throws SQLException {
    readOnly("updateBinaryStream(String,InputStream,int)");
  }

  @Override
  public final void updateBinaryStream(
      String columnLabel, @Nullable InputStream stream, long length) throws SQLException {
    readOnly("updateBinaryStream(String,InputStream,long)");
  }

  @Override
  public final void updateBinaryStream(String columnLabel, @Nullable InputStream stream)
      throws SQLException {
    readOnly("updateBinaryStream(String,InputStream)");
  }

  @Override
  public final void updateBinaryStream(int columnIndex, @Nullable InputStream stream, int length)
      throws SQLException {
    readOnly("updateBinaryStream(int,InputStream,int)");
  }

  @Override
  public final void updateBinaryStream(int columnIndex, @Nullable InputStream stream, long length)
      throws SQLException {
    readOnly("updateBinaryStream(int,InputStream,long)");
  }

  @Override
  public final void updateBinaryStream(int columnIndex, @Nullable InputStream stream)
      throws SQLException {
    readOnly("updateBinaryStream(int,InputStream)");
  }

  @Override
  public final void updateBlob(String columnLabel, @Nullable InputStream stream, long length)
      throws SQLException {
    readOnly("updateBlob(String,InputStream,long)");
  }

  @Override
  public final void updateBlob(String columnLabel, @Nullable InputStream stream)
      throws SQLException {
    readOnly("updateBlob(String,InputStream)");
  }

  @Override
  public final void updateBlob(String columnLabel, @Nullable Blob value) throws SQLException {
    readOnly("updateBlob(String,Blob)");
  }

  @Override
  public final void updateBlob(int columnIndex, @Nullable InputStream stream, long length)
      throws SQLException {
    readOnly("updateBlob(int,InputStream,long)");
  }

  @Override
  public final void updateBlob(int columnIndex, @Nullable InputStream stream) throws SQLException {
    readOnly("updateBlob(int,InputStream)");
  }

  @Override
  public final void updateBlob(int columnIndex, @Nullable Blob value) throws SQLException {
    readOnly("updateBlob(int,Blob)");
  }

  @Override
  public final void updateBoolean(String columnLabel, boolean value) throws SQLException {
    readOnly("updateBoolean(String,boolean)");
  }

  @Override
  public final void updateBoolean(int columnIndex, boolean value) throws SQLException {
    readOnly("updateBoolean(int,boolean)");
  }

  @Override
  public final void updateByte(String columnLabel, byte value) throws SQLException {
    readOnly("updateByte(String,byte)");
  }

  @Override
  public final void updateByte(int columnIndex, byte value) throws SQLException {
    readOnly("updateByte(int,byte)");
  }

  @Override
  public final void updateBytes(String columnLabel, byte @Nullable [] value) throws SQLException {
    readOnly("updateBytes(String,byte[])");
  }

  @Override
  public final void updateBytes(int columnIndex, byte @Nullable [] value) throws SQLException {
    readOnly("updateBytes(int,byte[])");
  }

  @Override
  public final void updateCharacterStream(String columnLabel, @Nullable Reader stream, int length)
      throws SQLException {
    readOnly("updateCharacterStream(String,Reader,int)");
  }

  @Override
  public final void updateCharacterStream(String columnLabel, @Nullable Reader stream, long length)
      throws SQLException {
    readOnly("updateCharacterStream(String,Reader,long)");
  }

  @Override
  public final void updateCharacterStream(String columnLabel, @Nullable Reader stream)
      throws SQLException {
    readOnly("updateCharacterStream(String,Reader)");
  }

  @Override
  public final void updateCharacterStream(int columnIndex, @Nullable Reader stream, int length)
      throws SQLException {
    readOnly("updateCharacterStream(int,Reader,int)");
  }

  @Override
  public final void updateCharacterStream(int columnIndex, @Nullable Reader stream, long length)
      throws SQLException {
    readOnly("updateCharacterStream(int,Reader,long)");
  }

  @Override
  public final void updateCharacterStream(int columnIndex, @Nullable Reader stream)
      throws SQLException {
    readOnly("updateCharacterStream(int,Reader)");
  }

  @Override
  public final void updateClob(String columnLabel, @Nullable Reader stream, long length)
      throws SQLException {
    readOnly("updateClob(String,Reader,long)");
  }

  @Override
  public final void updateClob(String columnLabel, @Nullable Reader stream) throws SQLException {
    readOnly("updateClob(String,Reader)");
  }

  @Override
  public final void updateClob(String columnLabel, @Nullable Clob value) throws SQLException {
    readOnly("updateClob(String,Clob)");
  }

  @Override
  public final void updateClob(int columnIndex, @Nullable Reader stream, long length)
      throws SQLException {
    readOnly("updateClob(int,Reader,long)");
  }

  @Override
  public final void updateClob(int columnIndex, @Nullable Reader stream) throws SQLException {
    readOnly("updateClob(int,Reader)");
  }

  @Override
  public final void updateClob(int columnIndex, @Nullable Clob value) throws SQLException {
    readOnly("updateClob(int,Clob)");
  }

  @Override
  public final void updateDate(String columnLabel, @Nullable Date value) throws SQLException {
    readOnly("updateDate(String,Date)");
  }

  @Override
  public final void updateDate(int columnIndex, @Nullable Date value) throws SQLException {
    readOnly("updateDate(int,Date)");
  }

  @Override
  public final void updateDouble(String columnLabel, double value) throws SQLException {
    readOnly("updateDouble(String,double)");
  }

  @Override
  public final void updateDouble(int columnIndex, double value) throws SQLException {
    readOnly("updateDouble(int,double)");
  }

  @Override
  public final void updateFloat(String columnLabel, float value) throws SQLException {
    readOnly("updateFloat(String,float)");
  }

  @Override
  public final void updateFloat(int columnIndex, float value) throws SQLException {
    readOnly("updateFloat(int,float)");
  }

  @Override
  public final void updateInt(String columnLabel, int value) throws SQLException {
    readOnly("updateInt(String,int)");
  }

  @Override
  public final void updateInt(int columnIndex, int value) throws SQLException {
    readOnly("updateInt(int,int)");
  }

  @Override
  public final void updateLong(String columnLabel, long value) throws SQLException {
    readOnly("updateLong(String,long)");
  }

  @Override
  public final void updateLong(int columnIndex, long value) throws SQLException {
    readOnly("updateLong(int,long)");
  }

  @Override
  public final void updateNCharacterStream(String columnLabel, @Nullable Reader stream, long length)
      throws SQLException {
    readOnly("updateNCharacterStream(String,Reader,long)");
  }

  @Override
  public final void updateNCharacterStream(String columnLabel, @Nullable Reader stream)
      throws SQLException {
    readOnly("updateNCharacterStream(String,Reader)");
  }

  @Override
  public final void updateNCharacterStream(int columnIndex, @Nullable Reader stream, long length)
      throws SQLException {
    readOnly("updateNCharacterStream(int,Reader,long)");
  }

  @Override
  public final void updateNCharacterStream(int columnIndex, @Nullable Reader stream)
      throws SQLException {
    readOnly("updateNCharacterStream(int,Reader)");
  }

  @Override
  public final void updateNClob(String columnLabel, @Nullable Reader stream, long length)
      throws SQLException {
    readOnly("updateNClob(String,Reader,long)");
  }

  @Override
  public final void updateNClob(String columnLabel, @Nullable Reader stream) throws SQLException {
    readOnly("updateNClob(String,Reader)");
  }

  @Override
  public final void updateNClob(String columnLabel, @Nullable NClob value) throws SQLException {
    readOnly("updateNClob(String,NClob)");
  }

  @Override
  public final void updateNClob(int columnIndex, @Nullable Reader stream, long length)
      throws SQLException {
    readOnly("updateNClob(int,Reader,long)");
  }

  @Override
  public final void updateNClob(int columnIndex, @Nullable Reader stream) throws SQLException {
    readOnly("updateNClob(int,Reader)");
  }

  @Override
  public final void updateNClob(int columnIndex, @Nullable NClob value) throws SQLException {
    readOnly("updateNClob(int,NClob)");
  }

  @Override
  public final void updateNString(String columnLabel, @Nullable String value) throws SQLException {
    readOnly("updateNString(String,String)");
  }

  @Override
  public final void updateNString(int columnIndex, @Nullable String value) throws SQLException {
    readOnly("updateNString(int,String)");
  }

  @Override
  public final void updateNull(String columnLabel) throws SQLException {
    readOnly("updateNull(String)");
  }

  @Override
  public final void updateNull(int columnIndex) throws SQLException {
    readOnly("updateNull(int)");
  }

  @Override
  public final void updateObject(String columnLabel, @Nullable Object value, int scaleOrLength)
      throws SQLException {
    readOnly("updateObject(String,Object,int)");
  }

  @Override
  public final void updateObject(
      String columnLabel, @Nullable Object value, @Nullable SQLType targetType, int scaleOrLength)
      throws SQLException {
    readOnly("updateObject(String,Object,SQLType,int)");
  }

  @Override
  public final void updateObject(
      String columnLabel, @Nullable Object value, @Nullable SQLType targetType)
      throws SQLException {
    readOnly("updateObject(String,Object,SQLType)");
  }

  @Override
  public final void updateObject(String columnLabel, @Nullable Object value) throws SQLException {
    readOnly("updateObject(String,Object)");
  }

  @Override
  public final void updateObject(int columnIndex, @Nullable Object value, int scaleOrLength)
      throws SQLException {
    readOnly("updateObject(int,Object,int)");
  }

  @Override
  public final void updateObject(
      int columnIndex, @Nullable Object value, @Nullable SQLType targetType, int scaleOrLength)
      throws SQLException {
    readOnly("updateObject(int,Object,SQLType,int)");
  }

  @Override
  public final void updateObject(
      int columnIndex, @Nullable Object value, @Nullable SQLType targetType) throws SQLException {
    readOnly("updateObject(int,Object,SQLType)");
  }

  @Override
  public final void updateObject(int columnIndex, @Nullable Object value) throws SQLException {
    readOnly("updateObject(int,Object)");
  }

  @Override
  public final void updateRef(String columnLabel, @Nullable Ref value) throws SQLException {
    readOnly("updateRef(String,Ref)");
  }

  @Override
  public final void updateRef(int columnIndex, @Nullable Ref value) throws SQLException {
    readOnly("updateRef(int,Ref)");
  }

  @Override
  public final void updateRow() throws SQLException {
    readOnly("updateRow()");
  }

  @Override
  public final void updateRowId(String columnLabel, @Nullable RowId value) throws SQLException {
    readOnly("updateRowId(String,RowId)");
  }

  @Override
  public final void updateRowId(int columnIndex, @Nullable RowId value) throws SQLException {
    readOnly("updateRowId(int,RowId)");
  }

  @Override
  public final void updateSQLXML(String columnLabel, @Nullable SQLXML value) throws SQLException {
    readOnly("updateSQLXML(String,SQLXML)");
  }

  @Override
  public final void updateSQLXML(int columnIndex, @Nullable SQLXML value) throws SQLException {
    readOnly("updateSQLXML(int,SQLXML)");
  }

  @Override
  public final void updateShort(String columnLabel, short value) throws SQLException {
    readOnly("updateShort(String,short)");
  }

  @Override
  public final void updateShort(int columnIndex, short value) throws SQLException {
    readOnly("updateShort(int,short)");
  }

  @Override
  public final void updateString(String columnLabel, @Nullable String value) throws SQLException {
    readOnly("updateString(String,String)");
  }

  @Override
  public final void updateString(int columnIndex, @Nullable String value) throws SQLException {
    readOnly("updateString(int,String)");
  }

  @Override
  public final void updateTime(String columnLabel, @Nullable Time value) throws SQLException {
    readOnly("updateTime(String,Time)");
  }

  @Override
  public final void updateTime(int columnIndex, @Nullable Time value) throws SQLException {
    readOnly("updateTime(int,Time)");
  }

  @Override
  public final void updateTimestamp(String columnLabel, @Nullable Timestamp value)
      throws SQLException {
    readOnly("updateTimestamp(String,Timestamp)");
  }

  @Override
  public final void updateTimestamp(int columnIndex, @Nullable Timestamp value)
      throws SQLException {
    readOnly("updateTimestamp(int,Timestamp)");
  }
}
