package dev.larder.jdbc.internal.result.driver.mariadb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.jdbc.internal.result.column.ByteValues;
import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.DecimalValues;
import dev.larder.jdbc.internal.result.column.LongValues;
import dev.larder.jdbc.internal.result.column.PackedTimestamp;
import dev.larder.jdbc.internal.result.column.Portable;
import dev.larder.jdbc.internal.result.column.TextValues;
import dev.larder.jdbc.internal.result.column.Values;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.client.ColumnDecoder;
import org.mariadb.jdbc.client.Context;
import org.mariadb.jdbc.client.ReadableByteBuf;
import org.mariadb.jdbc.client.util.MutableInt;
import org.mariadb.jdbc.plugin.Codec;
import org.mariadb.jdbc.plugin.codec.BigDecimalCodec;
import org.mariadb.jdbc.plugin.codec.BlobCodec;
import org.mariadb.jdbc.plugin.codec.ByteArrayCodec;
import org.mariadb.jdbc.plugin.codec.ClobCodec;
import org.mariadb.jdbc.plugin.codec.FloatArrayCodec;
import org.mariadb.jdbc.plugin.codec.ReaderCodec;
import org.mariadb.jdbc.plugin.codec.StreamCodec;
import org.mariadb.jdbc.plugin.codec.StringCodec;

/**
 * A captured Connector/J column: each getter decodes the bytes of the text protocol by the driver's
 * own decoders. Immutable and thread-safe.
 */
abstract class MariaColumn extends Column {

  private final Values values;
  private final ColumnDecoder decoder;
  private final MariaContext settings;

  private MariaColumn(Values values, ColumnDecoder decoder, MariaContext settings) {
    super(values);
    this.values = values;
    this.decoder = decoder;
    this.settings = settings;
  }

  @Override
  public Portable portable() {
    return MariaColumnForm.portable(this, values, decoder, settings);
  }

  /** The value's bytes in the text protocol, for a row that is not NULL; the caller's own. */
  abstract byte[] raw(int row);

  private Context context() {
    return settings.context();
  }

  private <T> T decode(Codec<T> codec, int row) throws SQLException {
    byte[] raw = raw(row);
    return codec.decodeText(buffer(raw), length(raw), decoder, null, context());
  }

  private static ReadableByteBuf buffer(byte[] raw) {
    return MariaFeatures.buffer(raw);
  }

  private static MutableInt length(byte[] raw) {
    return new MutableInt(raw.length);
  }

  @Override
  public String getString(int row) throws SQLException {
    byte[] raw = raw(row);
    return decoder.decodeStringText(buffer(raw), length(raw), null, context());
  }

  @Override
  public boolean getBoolean(int row) throws SQLException {
    byte[] raw = raw(row);
    return decoder.decodeBooleanText(buffer(raw), length(raw));
  }

  @Override
  public byte getByte(int row) throws SQLException {
    byte[] raw = raw(row);
    return decoder.decodeByteText(buffer(raw), length(raw));
  }

  @Override
  public short getShort(int row) throws SQLException {
    byte[] raw = raw(row);
    return decoder.decodeShortText(buffer(raw), length(raw));
  }

  @Override
  public int getInt(int row) throws SQLException {
    byte[] raw = raw(row);
    return decoder.decodeIntText(buffer(raw), length(raw));
  }

  @Override
  public long getLong(int row) throws SQLException {
    byte[] raw = raw(row);
    return decoder.decodeLongText(buffer(raw), length(raw));
  }

  @Override
  public float getFloat(int row) throws SQLException {
    byte[] raw = raw(row);
    return decoder.decodeFloatText(buffer(raw), length(raw));
  }

  @Override
  public double getDouble(int row) throws SQLException {
    byte[] raw = raw(row);
    return decoder.decodeDoubleText(buffer(raw), length(raw));
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int row) throws SQLException {
    return decode(BigDecimalCodec.INSTANCE, row);
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int row, int scale) throws SQLException {
    BigDecimal value = isNull(row) ? null : decode(BigDecimalCodec.INSTANCE, row);
    return value == null ? null : value.setScale(scale, RoundingMode.HALF_DOWN);
  }

  @Override
  public byte @Nullable [] getBytes(int row) throws SQLException {
    return decode(ByteArrayCodec.INSTANCE, row);
  }

  @Override
  public @Nullable Date getDate(int row, @Nullable Calendar calendar) throws SQLException {
    byte[] raw = raw(row);
    return decoder.decodeDateText(buffer(raw), length(raw), calendar, context());
  }

  @Override
  public @Nullable Time getTime(int row, @Nullable Calendar calendar) throws SQLException {
    byte[] raw = raw(row);
    return decoder.decodeTimeText(buffer(raw), length(raw), calendar, context());
  }

  @Override
  public @Nullable Timestamp getTimestamp(int row, @Nullable Calendar calendar)
      throws SQLException {
    byte[] raw = raw(row);
    return decoder.decodeTimestampText(buffer(raw), length(raw), calendar, context());
  }

  @Override
  public @Nullable Object getObject(int row) throws SQLException {
    byte[] raw = raw(row);
    return decoder.getDefaultText(buffer(raw), length(raw), context());
  }

  @Override
  public @Nullable InputStream getAsciiStream(int row) throws SQLException {
    return decode(StreamCodec.INSTANCE, row);
  }

  @Override
  public @Nullable InputStream getUnicodeStream(int row) throws SQLException {
    return isNull(row) ? null : decode(StreamCodec.INSTANCE, row);
  }

  @Override
  public @Nullable InputStream getBinaryStream(int row) throws SQLException {
    return decode(StreamCodec.INSTANCE, row);
  }

  @Override
  public @Nullable Reader getCharacterStream(int row) throws SQLException {
    return decode(ReaderCodec.INSTANCE, row);
  }

  @Override
  public @Nullable Blob getBlob(int row, @Nullable Statement owner) throws SQLException {
    return decode(BlobCodec.INSTANCE, row);
  }

  @Override
  public @Nullable Clob getClob(int row, @Nullable Statement owner) throws SQLException {
    return decode(ClobCodec.INSTANCE, row);
  }

  @Override
  public Array getArray(int row) throws SQLException {
    float[] floats = decode(FloatArrayCodec.INSTANCE, row);
    try {
      return new MariaSnapshotArray(floats, context());
    } catch (IllegalAccessError e) {
      // On the module path the driver keeps this class to itself.
      throw new SQLFeatureNotSupportedException("getArray of a kept answer", "0A000", e);
    }
  }

  @Override
  public @Nullable Reader getNCharacterStream(int row) throws SQLException {
    return isNull(row) ? null : decode(ReaderCodec.INSTANCE, row);
  }

  @Override
  public @Nullable Object getObject(int row, Map<String, Class<?>> map) throws SQLException {
    if (!map.isEmpty()) {
      throw MariaBehavior.notSupported("getObject(int, Map) with a map that is not empty");
    }
    return isNull(row) ? null : getObject(row);
  }

  @Override
  public @Nullable NClob getNClob(int row) throws SQLException {
    return isNull(row) ? null : (NClob) decode(ClobCodec.INSTANCE, row);
  }

  @Override
  public @Nullable String getNString(int row) throws SQLException {
    return isNull(row) ? null : getString(row);
  }

  @Override
  public SQLXML getSQLXML(int row) throws SQLException {
    throw MariaBehavior.notSupported("getSQLXML");
  }

  @Override
  public @Nullable URL getURL(int row) throws SQLException {
    if (isNull(row)) {
      return null;
    }
    String text = decode(StringCodec.INSTANCE, row);
    if (text == null) {
      return null;
    }
    try {
      return new URI(text).toURL();
    } catch (Exception e) {
      throw new SQLSyntaxErrorException("Could not parse the value as URL", "42000");
    }
  }

  @Override
  public Ref getRef(int row) throws SQLException {
    throw MariaBehavior.notSupported("getRef");
  }

  @Override
  public RowId getRowId(int row) throws SQLException {
    throw MariaBehavior.notSupported("getRowId");
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> @Nullable T getObject(int row, @Nullable Class<T> type, @Nullable Statement owner)
      throws SQLException {
    if (isNull(row)) {
      if (type != null && type.isPrimitive()) {
        throw new SQLException("Cannot return null for primitive " + type.getName());
      }
      return null;
    }
    if (type == null || type == Object.class) {
      return (T) getObject(row);
    }
    for (Codec<?> codec : settings.configuration().codecs()) {
      if (codec.canDecode(decoder, type)) {
        return (T) decode(codec, row);
      }
    }
    throw new SQLException("Type " + type + " not supported type for this column");
  }

  /** A column kept as the server's text, which the driver's getString writes anew. */
  static class Rewritten extends MariaColumn {
    final TextValues values;

    Rewritten(TextValues values, ColumnDecoder decoder, MariaContext settings) {
      super(values, decoder, settings);
      this.values = values;
    }

    @Override
    byte[] raw(int row) {
      return values.get(row).getBytes(UTF_8);
    }
  }

  /** A column kept as the server's text. */
  static final class Text extends Rewritten {
    Text(TextValues values, ColumnDecoder decoder, MariaContext settings) {
      super(values, decoder, settings);
    }

    @Override
    public String getString(int row) {
      return values.get(row);
    }
  }

  /** The integer types. */
  static final class Int extends MariaColumn {
    private final LongValues values;

    Int(LongValues values, ColumnDecoder decoder, MariaContext settings) {
      super(values, decoder, settings);
      this.values = values;
    }

    @Override
    byte[] raw(int row) {
      return Long.toString(values.get(row)).getBytes(US_ASCII);
    }

    @Override
    public String getString(int row) {
      return Long.toString(values.get(row));
    }

    @Override
    public long getLong(int row) {
      return values.get(row);
    }
  }

  /** DECIMAL. */
  static final class Decimal extends MariaColumn {
    private final DecimalValues values;

    Decimal(DecimalValues values, ColumnDecoder decoder, MariaContext settings) {
      super(values, decoder, settings);
      this.values = values;
    }

    @Override
    byte[] raw(int row) {
      return getString(row).getBytes(US_ASCII);
    }

    @Override
    public String getString(int row) {
      return values.get(row).toPlainString();
    }
  }

  /** BIT, and the binary strings. */
  static final class Bytes extends MariaColumn {
    private final ByteValues values;

    Bytes(ByteValues values, ColumnDecoder decoder, MariaContext settings) {
      super(values, decoder, settings);
      this.values = values;
    }

    @Override
    byte[] raw(int row) {
      return values.get(row);
    }
  }

  /** DATETIME and TIMESTAMP, as long as every value packs. */
  static final class Datetime extends MariaColumn {
    private final LongValues values;
    private final int digits;

    Datetime(LongValues values, int digits, ColumnDecoder decoder, MariaContext settings) {
      super(values, decoder, settings);
      this.values = values;
      this.digits = digits;
    }

    @Override
    byte[] raw(int row) {
      return PackedTimestamp.text(values.get(row), digits).getBytes(US_ASCII);
    }
  }
}
