package dev.larder.jdbc.internal.result.driver;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A method of {@link java.sql.ResultSet} that gives a column of the current row a value, whichever
 * way it names the column.
 */
public enum UpdateMethod {
  UPDATE_ARRAY("updateArray", Array.class),
  UPDATE_ASCII_STREAM("updateAsciiStream", InputStream.class),
  UPDATE_ASCII_STREAM_INT_LENGTH("updateAsciiStream", InputStream.class, int.class),
  UPDATE_ASCII_STREAM_LONG_LENGTH("updateAsciiStream", InputStream.class, long.class),
  UPDATE_BIG_DECIMAL("updateBigDecimal", BigDecimal.class),
  UPDATE_BINARY_STREAM("updateBinaryStream", InputStream.class),
  UPDATE_BINARY_STREAM_INT_LENGTH("updateBinaryStream", InputStream.class, int.class),
  UPDATE_BINARY_STREAM_LONG_LENGTH("updateBinaryStream", InputStream.class, long.class),
  UPDATE_BLOB("updateBlob", Blob.class),
  UPDATE_BLOB_STREAM("updateBlob", InputStream.class),
  UPDATE_BLOB_STREAM_LONG_LENGTH("updateBlob", InputStream.class, long.class),
  UPDATE_BOOLEAN("updateBoolean", boolean.class),
  UPDATE_BYTE("updateByte", byte.class),
  UPDATE_BYTES("updateBytes", byte[].class),
  UPDATE_CHARACTER_STREAM("updateCharacterStream", Reader.class),
  UPDATE_CHARACTER_STREAM_INT_LENGTH("updateCharacterStream", Reader.class, int.class),
  UPDATE_CHARACTER_STREAM_LONG_LENGTH("updateCharacterStream", Reader.class, long.class),
  UPDATE_CLOB("updateClob", Clob.class),
  UPDATE_CLOB_STREAM("updateClob", Reader.class),
  UPDATE_CLOB_STREAM_LONG_LENGTH("updateClob", Reader.class, long.class),
  UPDATE_DATE("updateDate", Date.class),
  UPDATE_DOUBLE("updateDouble", double.class),
  UPDATE_FLOAT("updateFloat", float.class),
  UPDATE_INT("updateInt", int.class),
  UPDATE_LONG("updateLong", long.class),
  UPDATE_N_CHARACTER_STREAM("updateNCharacterStream", Reader.class),
  UPDATE_N_CHARACTER_STREAM_LONG_LENGTH("updateNCharacterStream", Reader.class, long.class),
  UPDATE_N_CLOB("updateNClob", NClob.class),
  UPDATE_N_CLOB_STREAM("updateNClob", Reader.class),
  UPDATE_N_CLOB_STREAM_LONG_LENGTH("updateNClob", Reader.class, long.class),
  UPDATE_N_STRING("updateNString", String.class),
  UPDATE_NULL("updateNull"),
  UPDATE_OBJECT("updateObject", Object.class),
  UPDATE_OBJECT_OF_TYPE("updateObject", Object.class, SQLType.class),
  UPDATE_OBJECT_SCALED("updateObject", Object.class, int.class),
  UPDATE_OBJECT_OF_TYPE_SCALED("updateObject", Object.class, SQLType.class, int.class),
  UPDATE_REF("updateRef", Ref.class),
  UPDATE_ROW_ID("updateRowId", RowId.class),
  UPDATE_SQLXML("updateSQLXML", SQLXML.class),
  UPDATE_SHORT("updateShort", short.class),
  UPDATE_STRING("updateString", String.class),
  UPDATE_TIME("updateTime", Time.class),
  UPDATE_TIMESTAMP("updateTimestamp", Timestamp.class);

  private final String methodName;
  private final List<Class<?>> valueTypes;

  UpdateMethod(String methodName, Class<?>... valueTypes) {
    this.methodName = methodName;
    this.valueTypes = List.of(valueTypes);
  }

  /** The method as a driver's message may name it, with the types of its parameters. */
  public String signature(ColumnBy by) {
    String column = by == ColumnBy.LABEL ? "String" : "int";
    return Stream.concat(Stream.of(column), valueTypes.stream().map(Class::getSimpleName))
        .collect(Collectors.joining(",", methodName + "(", ")"));
  }
}
