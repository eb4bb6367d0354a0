package dev.larder.jdbc.internal.result.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLXML;
import javax.xml.transform.Result;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.jspecify.annotations.Nullable;

/** A read-only SQLXML over text of its own. For one thread, as an SQLXML is. */
public final class SnapshotXml implements SQLXML {

  private final String text;
  private boolean freed;

  public SnapshotXml(String text) {
    this.text = text;
  }

  private String text() throws SQLException {
    if (freed) {
      throw new SQLException("The SQLXML was freed", "90007");
    }
    return text;
  }

  @Override
  public InputStream getBinaryStream() throws SQLException {
    return new ByteArrayInputStream(text().getBytes(UTF_8));
  }

  @Override
  public Reader getCharacterStream() throws SQLException {
    return new StringReader(text());
  }

  @Override
  public String getString() throws SQLException {
    return text();
  }

  @Override
  public <T extends Source> T getSource(@Nullable Class<T> type) throws SQLException {
    if (type == StreamSource.class) {
      return type.cast(new StreamSource(getCharacterStream()));
    }
    // Parsing is left to the application, which knows what it trusts.
    throw new SQLFeatureNotSupportedException("A cached SQLXML gives a StreamSource only", "0A000");
  }

  @Override
  public OutputStream setBinaryStream() throws SQLException {
    throw readOnly();
  }

  @Override
  public Writer setCharacterStream() throws SQLException {
    throw readOnly();
  }

  @Override
  public void setString(String value) throws SQLException {
    throw readOnly();
  }

  @Override
  public <T extends Result> T setResult(Class<T> type) throws SQLException {
    throw readOnly();
  }

  private static SQLException readOnly() {
    return new SQLFeatureNotSupportedException("An SQLXML of a result is read-only", "0A000");
  }

  @Override
  public void free() {
    freed = true;
  }
}
