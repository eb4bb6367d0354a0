package dev.larder.jdbc.internal.result.driver.pgjdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgSQLXML;

/** The driver's SQLXML, which asks its connection for the encoding only. As thread-safe as that. */
final class PgXml extends PgSQLXML {

  @SuppressWarnings("NullAway")
  PgXml(String text) {
    super(null, text);
  }

  @Override
  public @Nullable InputStream getBinaryStream() throws SQLException {
    String text = getString();
    return text == null ? null : new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
