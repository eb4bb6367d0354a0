package dev.larder.jdbc.internal.result.driver;

import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.Values;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column of a driver that is not known so well that its every answer could be made anew: a getter
 * that a subclass does not answer is {@link Unanswerable}. Immutable and thread-safe.
 */
public abstract class PartialColumn extends Column {

  protected PartialColumn(Values values) {
    super(values);
  }

  @Override
  public String getString(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public boolean getBoolean(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public byte getByte(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public short getShort(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public int getInt(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public long getLong(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public float getFloat(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public double getDouble(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public byte @Nullable [] getBytes(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable Date getDate(int row, @Nullable Calendar calendar) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable Time getTime(int row, @Nullable Calendar calendar) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable Timestamp getTimestamp(int row, @Nullable Calendar calendar)
      throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable Object getObject(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable InputStream getAsciiStream(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable InputStream getBinaryStream(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable Reader getCharacterStream(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable Blob getBlob(int row, @Nullable Statement owner) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable Clob getClob(int row, @Nullable Statement owner) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable Array getArray(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable InputStream getUnicodeStream(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable Reader getNCharacterStream(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int row, int scale) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable Object getObject(int row, Map<String, Class<?>> map) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public <T> @Nullable T getObject(int row, @Nullable Class<T> type, @Nullable Statement owner)
      throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable NClob getNClob(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable String getNString(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable SQLXML getSQLXML(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable URL getURL(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable Ref getRef(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable RowId getRowId(int row) throws SQLException {
    throw new Unanswerable();
  }
}
