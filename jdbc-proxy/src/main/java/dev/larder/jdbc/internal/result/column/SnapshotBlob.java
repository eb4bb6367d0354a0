package dev.larder.jdbc.internal.result.column;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Arrays;

/** A read-only BLOB over bytes of its own. For one thread, as a Blob is. */
public final class SnapshotBlob implements Blob {

  private byte[] bytes;
  private boolean freed;

  public SnapshotBlob(byte[] bytes) {
    this.bytes = bytes;
  }

  private void check(boolean valid, String what) throws SQLException {
    if (freed) {
      throw new SQLException("The BLOB was freed", "90007");
    }
    if (!valid) {
      throw new SQLException("Invalid " + what, "22023");
    }
  }

  @Override
  public long length() throws SQLException {
    check(true, "");
    return bytes.length;
  }

  @Override
  public byte[] getBytes(long pos, int length) throws SQLException {
    check(pos >= 1, "position");
    check(length >= 0, "length");
    int from = (int) Math.min(pos - 1, bytes.length);
    return Arrays.copyOfRange(bytes, from, (int) Math.min((long) from + length, bytes.length));
  }

  @Override
  public InputStream getBinaryStream() throws SQLException {
    check(true, "");
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public InputStream getBinaryStream(long pos, long length) throws SQLException {
    check(pos >= 1 && pos <= bytes.length + 1L, "position");
    check(length >= 0, "length");
    return new ByteArrayInputStream(getBytes(pos, (int) Math.min(length, bytes.length)));
  }

  @Override
  public long position(byte[] pattern, long start) throws SQLException {
    check(start >= 1, "position");
    for (long from = start - 1; from <= (long) bytes.length - pattern.length; from++) {
      int at = (int) from;
      if (Arrays.equals(bytes, at, at + pattern.length, pattern, 0, pattern.length)) {
        return from + 1;
      }
    }
    return -1;
  }

  @Override
  public long position(Blob pattern, long start) throws SQLException {
    return position(pattern.getBytes(1, (int) pattern.length()), start);
  }

  @Override
  public int setBytes(long pos, byte[] value) throws SQLException {
    throw readOnly();
  }

  @Override
  public int setBytes(long pos, byte[] value, int offset, int len) throws SQLException {
    throw readOnly();
  }

  @Override
  public OutputStream setBinaryStream(long pos) throws SQLException {
    throw readOnly();
  }

  @Override
  public void truncate(long len) throws SQLException {
    throw readOnly();
  }

  private static SQLException readOnly() {
    return new SQLFeatureNotSupportedException("A BLOB of a result is read-only", "0A000");
  }

  @Override
  public void free() {
    freed = true;
    bytes = new byte[0];
  }
}
