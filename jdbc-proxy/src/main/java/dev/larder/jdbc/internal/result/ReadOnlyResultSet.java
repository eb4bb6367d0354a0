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
   * What the driver throws for this method of a read-only result, named with its parameter types.
   */
  abstract SQLException readOnly(String method);

  @Override
  public final void cancelRowUpdates() throws SQLException {
    throw readOnly("cancelRowUpdates()");
  }

  @Override
  public final void deleteRow() throws SQLException {
    throw readOnly("deleteRow()");
  }

  @Override
  public final void insertRow() throws SQLException {
    throw readOnly("insertRow()");
  }

  @Override
  public final void moveToCurrentRow() throws SQLException {
    throw readOnly("moveToCurrentRow()");
  }

  @Override
  public final void moveToInsertRow() throws SQLException {
    throw readOnly("moveToInsertRow()");
  }

  @Override
  public final void refreshRow() throws SQLException {
    throw readOnly("refreshRow()");
  }

  @Override
  public final void updateArray(String columnLabel, @Nullable Array value) throws SQLException {
    throw readOnly("updateArray(String,Array)");
  }

  @Override
  public final void updateArray(int columnIndex, @Nullable Array value) throws SQLException {
    throw readOnly("updateArray(int,Array)");
  }

  @Override
  public final void updateAsciiStream(String columnLabel, @Nullable InputStream stream, int length)
      throws SQLException {
    throw readOnly("updateAsciiStream(String,InputStream,int)");
  }

  @Override
  public final void updateAsciiStream(String columnLabel, @Nullable InputStream stream, long length)
      throws SQLException {
    throw readOnly("updateAsciiStream(String,InputStream,long)");
  }

  @Override
  public final void updateAsciiStream(String columnLabel, @Nullable InputStream stream)
      throws SQLException {
    throw readOnly("updateAsciiStream(String,InputStream)");
  }

  @Override
  public final void updateAsciiStream(int columnIndex, @Nullable InputStream stream, int length)
      throws SQLException {
    throw readOnly("updateAsciiStream(int,InputStream,int)");
  }

  @Override
  public final void updateAsciiStream(int columnIndex, @Nullable InputStream stream, long length)
      throws SQLException {
    throw readOnly("updateAsciiStream(int,InputStream,long)");
  }

  @Override
  public final void updateAsciiStream(int columnIndex, @Nullable InputStream stream)
      throws SQLException {
    throw readOnly("updateAsciiStream(int,InputStream)");
  }

  @Override
  public final void updateBigDecimal(String columnLabel, @Nullable BigDecimal value)
      throws SQLException {
    throw readOnly("updateBigDecimal(String,BigDecimal)");
  }

  @Override
  public final void updateBigDecimal(int columnIndex, @Nullable BigDecimal value)
      throws SQLException {
    throw readOnly("updateBigDecimal(int,BigDecimal)");
  }

  @Override
  public final void updateBinaryStream(String columnLabel, @Nullable InputStream stream, int length)
      throws SQLException {
    throw readOnly("updateBinaryStream(String,InputStream,int)");
  }

  @Override
  public final void updateBinaryStream(
      String columnLabel, @Nullable InputStream stream, long length) throws SQLException {
    throw readOnly("updateBinaryStream(String,InputStream,long)");
  }

  @Override
  public final void updateBinaryStream(String columnLabel, @Nullable InputStream stream)
      throws SQLException {
    throw readOnly("updateBinaryStream(String,InputStream)");
  }

  @Override
  public final void updateBinaryStream(int columnIndex, @Nullable InputStream stream, int length)
      throws SQLException {
    throw readOnly("updateBinaryStream(int,InputStream,int)");
  }

  @Override
  public final void updateBinaryStream(int columnIndex, @Nullable InputStream stream, long length)
      throws SQLException {
    throw readOnly("updateBinaryStream(int,InputStream,long)");
  }

  @Override
  public final void updateBinaryStream(int columnIndex, @Nullable InputStream stream)
      throws SQLException {
    throw readOnly("updateBinaryStream(int,InputStream)");
  }

  @Override
  public final void updateBlob(String columnLabel, @Nullable InputStream stream, long length)
      throws SQLException {
    throw readOnly("updateBlob(String,InputStream,long)");
  }

  @Override
  public final void updateBlob(String columnLabel, @Nullable InputStream stream)
      throws SQLException {
    throw readOnly("updateBlob(String,InputStream)");
  }

  @Override
  public final void updateBlob(String columnLabel, @Nullable Blob value) throws SQLException {
    throw readOnly("updateBlob(String,Blob)");
  }

  @Override
  public final void updateBlob(int columnIndex, @Nullable InputStream stream, long length)
      throws SQLException {
    throw readOnly("updateBlob(int,InputStream,long)");
  }

  @Override
  public final void updateBlob(int columnIndex, @Nullable InputStream stream) throws SQLException {
    throw readOnly("updateBlob(int,InputStream)");
  }

  @Override
  public final void updateBlob(int columnIndex, @Nullable Blob value) throws SQLException {
    throw readOnly("updateBlob(int,Blob)");
  }

  @Override
  public final void updateBoolean(String columnLabel, boolean value) throws SQLException {
    throw readOnly("updateBoolean(String,boolean)");
  }

  @Override
  public final void updateBoolean(int columnIndex, boolean value) throws SQLException {
    throw readOnly("updateBoolean(int,boolean)");
  }

  @Override
  public final void updateByte(String columnLabel, byte value) throws SQLException {
    throw readOnly("updateByte(String,byte)");
  }

  @Override
  public final void updateByte(int columnIndex, byte value) throws SQLException {
    throw readOnly("updateByte(int,byte)");
  }

  @Override
  public final void updateBytes(String columnLabel, byte @Nullable [] value) throws SQLException {
    throw readOnly("updateBytes(String,byte[])");
  }

  @Override
  public final void updateBytes(int columnIndex, byte @Nullable [] value) throws SQLException {
    throw readOnly("updateBytes(int,byte[])");
  }

  @Override
  public final void updateCharacterStream(String columnLabel, @Nullable Reader stream, int length)
      throws SQLException {
    throw readOnly("updateCharacterStream(String,Reader,int)");
  }

  @Override
  public final void updateCharacterStream(String columnLabel, @Nullable Reader stream, long length)
      throws SQLException {
    throw readOnly("updateCharacterStream(String,Reader,long)");
  }

  @Override
  public final void updateCharacterStream(String columnLabel, @Nullable Reader stream)
      throws SQLException {
    throw readOnly("updateCharacterStream(String,Reader)");
  }

  @Override
  public final void updateCharacterStream(int columnIndex, @Nullable Reader stream, int length)
      throws SQLException {
    throw readOnly("updateCharacterStream(int,Reader,int)");
  }

  @Override
  public final void updateCharacterStream(int columnIndex, @Nullable Reader stream, long length)
      throws SQLException {
    throw readOnly("updateCharacterStream(int,Reader,long)");
  }

  @Override
  public final void updateCharacterStream(int columnIndex, @Nullable Reader stream)
      throws SQLException {
    throw readOnly("updateCharacterStream(int,Reader)");
  }

  @Override
  public final void updateClob(String columnLabel, @Nullable Reader stream, long length)
      throws SQLException {
    throw readOnly("updateClob(String,Reader,long)");
  }

  @Override
  public final void updateClob(String columnLabel, @Nullable Reader stream) throws SQLException {
    throw readOnly("updateClob(String,Reader)");
  }

  @Override
  public final void updateClob(String columnLabel, @Nullable Clob value) throws SQLException {
    throw readOnly("updateClob(String,Clob)");
  }

  @Override
  public final void updateClob(int columnIndex, @Nullable Reader stream, long length)
      throws SQLException {
    throw readOnly("updateClob(int,Reader,long)");
  }

  @Override
  public final void updateClob(int columnIndex, @Nullable Reader stream) throws SQLException {
    throw readOnly("updateClob(int,Reader)");
  }

  @Override
  public final void updateClob(int columnIndex, @Nullable Clob value) throws SQLException {
    throw readOnly("updateClob(int,Clob)");
  }

  @Override
  public final void updateDate(String columnLabel, @Nullable Date value) throws SQLException {
    throw readOnly("updateDate(String,Date)");
  }

  @Override
  public final void updateDate(int columnIndex, @Nullable Date value) throws SQLException {
    throw readOnly("updateDate(int,Date)");
  }

  @Override
  public final void updateDouble(String columnLabel, double value) throws SQLException {
    throw readOnly("updateDouble(String,double)");
  }

  @Override
  public final void updateDouble(int columnIndex, double value) throws SQLException {
    throw readOnly("updateDouble(int,double)");
  }

  @Override
  public final void updateFloat(String columnLabel, float value) throws SQLException {
    throw readOnly("updateFloat(String,float)");
  }

  @Override
  public final void updateFloat(int columnIndex, float value) throws SQLException {
    throw readOnly("updateFloat(int,float)");
  }

  @Override
  public final void updateInt(String columnLabel, int value) throws SQLException {
    throw readOnly("updateInt(String,int)");
  }

  @Override
  public final void updateInt(int columnIndex, int value) throws SQLException {
    throw readOnly("updateInt(int,int)");
  }

  @Override
  public final void updateLong(String columnLabel, long value) throws SQLException {
    throw readOnly("updateLong(String,long)");
  }

  @Override
  public final void updateLong(int columnIndex, long value) throws SQLException {
    throw readOnly("updateLong(int,long)");
  }

  @Override
  public final void updateNCharacterStream(String columnLabel, @Nullable Reader stream, long length)
      throws SQLException {
    throw readOnly("updateNCharacterStream(String,Reader,long)");
  }

  @Override
  public final void updateNCharacterStream(String columnLabel, @Nullable Reader stream)
      throws SQLException {
    throw readOnly("updateNCharacterStream(String,Reader)");
  }

  @Override
  public final void updateNCharacterStream(int columnIndex, @Nullable Reader stream, long length)
      throws SQLException {
    throw readOnly("updateNCharacterStream(int,Reader,long)");
  }

  @Override
  public final void updateNCharacterStream(int columnIndex, @Nullable Reader stream)
      throws SQLException {
    throw readOnly("updateNCharacterStream(int,Reader)");
  }

  @Override
  public final void updateNClob(String columnLabel, @Nullable Reader stream, long length)
      throws SQLException {
    throw readOnly("updateNClob(String,Reader,long)");
  }

  @Override
  public final void updateNClob(String columnLabel, @Nullable Reader stream) throws SQLException {
    throw readOnly("updateNClob(String,Reader)");
  }

  @Override
  public final void updateNClob(String columnLabel, @Nullable NClob value) throws SQLException {
    throw readOnly("updateNClob(String,NClob)");
  }

  @Override
  public final void updateNClob(int columnIndex, @Nullable Reader stream, long length)
      throws SQLException {
    throw readOnly("updateNClob(int,Reader,long)");
  }

  @Override
  public final void updateNClob(int columnIndex, @Nullable Reader stream) throws SQLException {
    throw readOnly("updateNClob(int,Reader)");
  }

  @Override
  public final void updateNClob(int columnIndex, @Nullable NClob value) throws SQLException {
    throw readOnly("updateNClob(int,NClob)");
  }

  @Override
  public final void updateNString(String columnLabel, @Nullable String value) throws SQLException {
    throw readOnly("updateNString(String,String)");
  }

  @Override
  public final void updateNString(int columnIndex, @Nullable String value) throws SQLException {
    throw readOnly("updateNString(int,String)");
  }

  @Override
  public final void updateNull(String columnLabel) throws SQLException {
    throw readOnly("updateNull(String)");
  }

  @Override
  public final void updateNull(int columnIndex) throws SQLException {
    throw readOnly("updateNull(int)");
  }

  @Override
  public final void updateObject(String columnLabel, @Nullable Object value, int scaleOrLength)
      throws SQLException {
    throw readOnly("updateObject(String,Object,int)");
  }

  @Override
  public final void updateObject(
      String columnLabel, @Nullable Object value, @Nullable SQLType targetType, int scaleOrLength)
      throws SQLException {
    throw readOnly("updateObject(String,Object,SQLType,int)");
  }

  @Override
  public final void updateObject(
      String columnLabel, @Nullable Object value, @Nullable SQLType targetType)
      throws SQLException {
    throw readOnly("updateObject(String,Object,SQLType)");
  }

  @Override
  public final void updateObject(String columnLabel, @Nullable Object value) throws SQLException {
    throw readOnly("updateObject(String,Object)");
  }

  @Override
  public final void updateObject(int columnIndex, @Nullable Object value, int scaleOrLength)
      throws SQLException {
    throw readOnly("updateObject(int,Object,int)");
  }

  @Override
  public final void updateObject(
      int columnIndex, @Nullable Object value, @Nullable SQLType targetType, int scaleOrLength)
      throws SQLException {
    throw readOnly("updateObject(int,Object,SQLType,int)");
  }

  @Override
  public final void updateObject(
      int columnIndex, @Nullable Object value, @Nullable SQLType targetType) throws SQLException {
    throw readOnly("updateObject(int,Object,SQLType)");
  }

  @Override
  public final void updateObject(int columnIndex, @Nullable Object value) throws SQLException {
    throw readOnly("updateObject(int,Object)");
  }

  @Override
  public final void updateRef(String columnLabel, @Nullable Ref value) throws SQLException {
    throw readOnly("updateRef(String,Ref)");
  }

  @Override
  public final void updateRef(int columnIndex, @Nullable Ref value) throws SQLException {
    throw readOnly("updateRef(int,Ref)");
  }

  @Override
  public final void updateRow() throws SQLException {
    throw readOnly("updateRow()");
  }

  @Override
  public final void updateRowId(String columnLabel, @Nullable RowId value) throws SQLException {
    throw readOnly("updateRowId(String,RowId)");
  }

  @Override
  public final void updateRowId(int columnIndex, @Nullable RowId value) throws SQLException {
    throw readOnly("updateRowId(int,RowId)");
  }

  @Override
  public final void updateSQLXML(String columnLabel, @Nullable SQLXML value) throws SQLException {
    throw readOnly("updateSQLXML(String,SQLXML)");
  }

  @Override
  public final void updateSQLXML(int columnIndex, @Nullable SQLXML value) throws SQLException {
    throw readOnly("updateSQLXML(int,SQLXML)");
  }

  @Override
  public final void updateShort(String columnLabel, short value) throws SQLException {
    throw readOnly("updateShort(String,short)");
  }

  @Override
  public final void updateShort(int columnIndex, short value) throws SQLException {
    throw readOnly("updateShort(int,short)");
  }

  @Override
  public final void updateString(String columnLabel, @Nullable String value) throws SQLException {
    throw readOnly("updateString(String,String)");
  }

  @Override
  public final void updateString(int columnIndex, @Nullable String value) throws SQLException {
    throw readOnly("updateString(int,String)");
  }

  @Override
  public final void updateTime(String columnLabel, @Nullable Time value) throws SQLException {
    throw readOnly("updateTime(String,Time)");
  }

  @Override
  public final void updateTime(int columnIndex, @Nullable Time value) throws SQLException {
    throw readOnly("updateTime(int,Time)");
  }

  @Override
  public final void updateTimestamp(String columnLabel, @Nullable Timestamp value)
      throws SQLException {
    throw readOnly("updateTimestamp(String,Timestamp)");
  }

  @Override
  public final void updateTimestamp(int columnIndex, @Nullable Timestamp value)
      throws SQLException {
    throw readOnly("updateTimestamp(int,Timestamp)");
  }
}
