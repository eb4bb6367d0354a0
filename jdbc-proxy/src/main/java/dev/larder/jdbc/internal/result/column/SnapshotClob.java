package dev.larder.jdbc.internal.result.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

/** A read-only CLOB over text of its own. For one thread, as a Clob is. */
public final class SnapshotClob implements NClob {

  private String text;
  private boolean freed;

  public SnapshotClob(String text) {
    this.text = text;
  }

  private void check(boolean valid, String what) throws SQLException {
    if (freed) {
      throw new SQLException("The CLOB was freed", "90007");
    }
    if (!valid) {
      throw new SQLException("Invalid " + what, "22023");
    }
  }

  @Override
  public long length() throws SQLException {
    check(true, "");
    return text.length();
  }

  @Override
  public String getSubString(long pos, int length) throws SQLException {
    check(pos >= 1, "position");
    check(length >= 0, "length");
    int from = (int) Math.min(pos - 1, text.length());
    return text.substring(from, (int) Math.min((long) from + length, text.length()));
  }

  @Override
  public Reader getCharacterStream() throws SQLException {
    check(true, "");
    return new StringReader(text);
  }

  @Override
  public Reader getCharacterStream(long pos, long length) throws SQLException {
    check(pos >= 1 && pos <= text.length() + 1L, "position");
    check(length >= 0, "length");
    return new StringReader(getSubString(pos, (int) Math.min(length, text.length())));
  }

  @Override
  public InputStream getAsciiStream() throws SQLException {
    check(true, "");
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  @Override
  public long position(String pattern, long start) throws SQLException {
    check(start >= 1, "position");
    int found = start > text.length() ? -1 : text.indexOf(pattern, (int) start - 1);
    return found < 0 ? -1 : found + 1L;
  }

  @Override
  public long position(Clob pattern, long start) throws SQLException {
    return position(pattern.getSubString(1, (int) pattern.length()), start);
  }

  @Override
  public int setString(long pos, String value) throws SQLException {
    throw readOnly();
  }

  @Override
  public int setString(long pos, String value, int offset, int len) throws SQLException {
    throw readOnly();
  }

  @Override
  public OutputStream setAsciiStream(long pos) throws SQLException {
    throw readOnly();
  }

  @Override
  public Writer setCharacterStream(long pos) throws SQLException {
    throw readOnly();
  }

  @Override
  public void truncate(long len) throws SQLException {
    throw readOnly();
  }

  private static SQLException readOnly() {
    return new SQLFeatureNotSupportedException("A CLOB of a result is read-only", "0A000");
  }

  @Override
  public void free() {
    freed = true;
    text = "";
  }
}
