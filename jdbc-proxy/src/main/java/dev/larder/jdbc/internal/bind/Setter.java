package dev.larder.jdbc.internal.bind;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/** Which method of PreparedStatement set a parameter. Immutable and thread-safe. */
public enum Setter {
  NULL((s, i, v, e) -> s.setNull(i, (Integer) e[0])),
  NULL_NAMED((s, i, v, e) -> s.setNull(i, (Integer) e[0], (String) e[1])),
  BOOLEAN((s, i, v, e) -> s.setBoolean(i, (Boolean) v)),
  BYTE((s, i, v, e) -> s.setByte(i, (Byte) v)),
  SHORT((s, i, v, e) -> s.setShort(i, (Short) v)),
  INT((s, i, v, e) -> s.setInt(i, (Integer) v)),
  LONG((s, i, v, e) -> s.setLong(i, (Long) v)),
  FLOAT((s, i, v, e) -> s.setFloat(i, (Float) v)),
  DOUBLE((s, i, v, e) -> s.setDouble(i, (Double) v)),
  BIG_DECIMAL((s, i, v, e) -> s.setBigDecimal(i, (BigDecimal) v)),
  STRING((s, i, v, e) -> s.setString(i, (String) v)),
  NSTRING((s, i, v, e) -> s.setNString(i, (String) v)),
  BYTES((s, i, v, e) -> s.setBytes(i, (byte[]) v)),
  DATE((s, i, v, e) -> s.setDate(i, (Date) v)),
  DATE_CALENDAR((s, i, v, e) -> s.setDate(i, (Date) v, (Calendar) e[0])),
  TIME((s, i, v, e) -> s.setTime(i, (Time) v)),
  TIME_CALENDAR((s, i, v, e) -> s.setTime(i, (Time) v, (Calendar) e[0])),
  TIMESTAMP((s, i, v, e) -> s.setTimestamp(i, (Timestamp) v)),
  TIMESTAMP_CALENDAR((s, i, v, e) -> s.setTimestamp(i, (Timestamp) v, (Calendar) e[0])),
  OBJECT((s, i, v, e) -> s.setObject(i, v)),
  OBJECT_TYPE((s, i, v, e) -> s.setObject(i, v, (Integer) e[0])),
  OBJECT_TYPE_SCALE((s, i, v, e) -> s.setObject(i, v, (Integer) e[0], (Integer) e[1])),
  OBJECT_SQL_TYPE((s, i, v, e) -> s.setObject(i, v, (SQLType) e[0])),
  OBJECT_SQL_TYPE_SCALE((s, i, v, e) -> s.setObject(i, v, (SQLType) e[0], (Integer) e[1])),
  URL((s, i, v, e) -> s.setURL(i, (URL) v)),

  // What follows cannot be compared, or is used up by being sent: it is replayed, never a key.
  ARRAY((s, i, v, e) -> s.setArray(i, (Array) v)),
  REF((s, i, v, e) -> s.setRef(i, (Ref) v)),
  ROW_ID((s, i, v, e) -> s.setRowId(i, (RowId) v)),
  SQL_XML((s, i, v, e) -> s.setSQLXML(i, (SQLXML) v)),
  BLOB((s, i, v, e) -> s.setBlob(i, (Blob) v)),
  BLOB_STREAM((s, i, v, e) -> s.setBlob(i, (InputStream) v)),
  BLOB_STREAM_LENGTH((s, i, v, e) -> s.setBlob(i, (InputStream) v, (Long) e[0])),
  CLOB((s, i, v, e) -> s.setClob(i, (Clob) v)),
  CLOB_READER((s, i, v, e) -> s.setClob(i, (Reader) v)),
  CLOB_READER_LENGTH((s, i, v, e) -> s.setClob(i, (Reader) v, (Long) e[0])),
  NCLOB((s, i, v, e) -> s.setNClob(i, (NClob) v)),
  NCLOB_READER((s, i, v, e) -> s.setNClob(i, (Reader) v)),
  NCLOB_READER_LENGTH((s, i, v, e) -> s.setNClob(i, (Reader) v, (Long) e[0])),
  ASCII_STREAM((s, i, v, e) -> s.setAsciiStream(i, (InputStream) v)),
  ASCII_STREAM_INT((s, i, v, e) -> s.setAsciiStream(i, (InputStream) v, (Integer) e[0])),
  ASCII_STREAM_LONG((s, i, v, e) -> s.setAsciiStream(i, (InputStream) v, (Long) e[0])),
  @SuppressWarnings("deprecation")
  UNICODE_STREAM((s, i, v, e) -> s.setUnicodeStream(i, (InputStream) v, (Integer) e[0])),
  BINARY_STREAM((s, i, v, e) -> s.setBinaryStream(i, (InputStream) v)),
  BINARY_STREAM_INT((s, i, v, e) -> s.setBinaryStream(i, (InputStream) v, (Integer) e[0])),
  BINARY_STREAM_LONG((s, i, v, e) -> s.setBinaryStream(i, (InputStream) v, (Long) e[0])),
  CHARACTER_STREAM((s, i, v, e) -> s.setCharacterStream(i, (Reader) v)),
  CHARACTER_STREAM_INT((s, i, v, e) -> s.setCharacterStream(i, (Reader) v, (Integer) e[0])),
  CHARACTER_STREAM_LONG((s, i, v, e) -> s.setCharacterStream(i, (Reader) v, (Long) e[0])),
  NCHARACTER_STREAM((s, i, v, e) -> s.setNCharacterStream(i, (Reader) v)),
  NCHARACTER_STREAM_LONG((s, i, v, e) -> s.setNCharacterStream(i, (Reader) v, (Long) e[0]));

  @FunctionalInterface
  private interface Call {
    void set(PreparedStatement statement, int index, Object value, Object[] extra)
        throws SQLException;
  }

  private static final Object[] NO_EXTRA = {};

  private final Call call;

  Setter(Call call) {
    this.call = call;
  }

  /** Whether a value set this way can be compared by its content, if its class can. */
  boolean isComparable() {
    return ordinal() < ARRAY.ordinal();
  }

  @SuppressWarnings("NullAway") // JDBC takes null for a value that is null
  void replay(
      PreparedStatement statement, int index, @Nullable Object value, Object @Nullable [] extra)
      throws SQLException {
    call.set(statement, index, value, extra == null ? NO_EXTRA : extra);
  }
}
