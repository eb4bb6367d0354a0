package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.internal.ask.Question;
import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.bind.DriverValue;
import dev.larder.jdbc.internal.bind.Parameters;
import dev.larder.jdbc.internal.bind.Setter;
import dev.larder.jdbc.internal.bind.ValueMoment;
import dev.larder.jdbc.internal.eligibility.CacheableRead;
import dev.larder.jdbc.internal.execution.QueryRequest;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.store.ResultShape;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The prepared statement an application holds: records its parameters, and prepares on the driver
 * when something must reach the database. As thread-safe as the driver's.
 */
final class LarderPreparedStatement extends LarderStatement
    implements PreparedStatement, QueryRequest {

  private final CachedStatement text;
  private final Parameters parameters;

  LarderPreparedStatement(
      ConnectionContext connection,
      CachedStatement text,
      ResultShape shape,
      boolean plainKeys,
      Opener<PreparedStatement> opener)
      throws SQLException {
    super(connection, shape, opener);
    this.text = text;
    StatementExecutor executor = connection.executorFor(text);
    int expected = text.analysis().parameters();
    this.parameters =
        executor == null
            ? new Parameters(expected, ValueMoment.SETTER)
            : new Parameters(
                expected,
                executor.database().valueMoment(),
                executor.database().answers().arrays());
    if (!plainKeys) {
      object();
    }
  }

  /** What will reach the database anyway is prepared at once, so that its mistakes show here. */
  void prepareNowIfNotCached() throws SQLException {
    boolean cached =
        !text.isPassive()
            && (text.wasCacheable() || connection.plan(text) instanceof CacheableRead);
    if (!cached && text.question() == null) {
      delegate();
    }
  }

  @Override
  public CachedStatement text() {
    return text;
  }

  @Override
  String sql() {
    return text.sql();
  }

  /** The text, as drivers show it; without values, which some of them show. */
  @Override
  public String toString() {
    return text.sql();
  }

  @Override
  protected PreparedStatement delegate() throws SQLException {
    OwnAnswers.requireForDatabase(text);
    return (PreparedStatement) super.delegate();
  }

  /** The driver's statement with every parameter set on it. */
  private PreparedStatement bound() throws SQLException {
    PreparedStatement own = delegate();
    parameters.replay(own);
    return own;
  }

  @Override
  public ResultSet executeOn(Connection other) throws SQLException {
    return runOn(
        other,
        statement -> {
          PreparedStatement there = (PreparedStatement) statement;
          parameters.replayAll(there);
          return there.executeQuery();
        });
  }

  @Override
  public @Nullable BoundValues values() {
    return parameters.areComplete(text.analysis().parameters()) ? parameters.view() : null;
  }

  @Override
  public ResultSet run() throws SQLException {
    return within(() -> bound().executeQuery());
  }

  @Override
  IntFunction<@Nullable String> parameterTexts() {
    return parameters::text;
  }

  @Override
  BoundValues parameters() {
    return parameters;
  }

  /** Of a class that cannot change and that every driver takes: what most parameters are. */
  private void recordPlain(int index, Setter setter, @Nullable Object value) throws SQLException {
    requireOpen();
    askedOtherwise();
    Statement own = driverStatementIfOpen();
    if (own != null) {
      connection.touch();
      parameters.tell((PreparedStatement) own, index, setter, value, Setter.NO_EXTRA);
    } else if (!parameters.setPlain(index, setter, value)) {
      parameters.tell(delegate(), index, setter, value, Setter.NO_EXTRA);
    }
  }

  private void record(int index, Setter setter, @Nullable Object value) throws SQLException {
    record(index, setter, value, Setter.NO_EXTRA);
  }

  private void record(int index, Setter setter, @Nullable Object value, @Nullable Object... extra)
      throws SQLException {
    requireOpen();
    askedOtherwise();
    Object own = asParameter(setter, value, extra);
    if (hasDriverStatement() || parameters.needsDriver(index, setter, own, extra)) {
      // The driver takes the value now, or refuses it as it always did.
      parameters.tell(delegate(), index, setter, own, extra);
    } else {
      parameters.set(index, setter, own, extra);
    }
  }

  private @Nullable Object asParameter(
      Setter setter, @Nullable Object value, @Nullable Object[] extra) throws SQLException {
    if (value != null && setter.takesOwnOfDriver(extra)) {
      DriverValue ofDriver = connection.executor().database().answers().parameter(value);
      if (ofDriver != null) {
        return ofDriver;
      }
    }
    return DriverObjects.asParameter(value);
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    startOver();
    return query(this);
  }

  @Override
  public boolean execute() throws SQLException {
    startOver();
    return execute(this, () -> bound().execute());
  }

  @Override
  public int executeUpdate() throws SQLException {
    startOver();
    return effective(text, () -> bound().executeUpdate());
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    startOver();
    return effective(text, () -> bound().executeLargeUpdate());
  }

  @Override
  public void addBatch() throws SQLException {
    bound().addBatch();
    addToBatch(text);
  }

  @Override
  public void clearParameters() throws SQLException {
    requireOpen();
    askedOtherwise();
    parameters.clear();
    if (hasDriverStatement()) {
      delegate().clearParameters();
    }
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    Question question = text.question();
    return question != null
        ? OwnAnswers.to(question, connection).metaData()
        : bound().getMetaData();
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    return delegate().getParameterMetaData();
  }

  // A text of its own is not for a prepared statement; what the driver says to that comes through.

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    startOver();
    return opened(effective(connection.know(sql), () -> delegate().executeQuery(sql)));
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    return executeUncached(sql, () -> delegate().execute(sql));
  }

  @Override
  public void setNull(int parameterIndex, int sqlType) throws SQLException {
    record(parameterIndex, Setter.NULL, null, sqlType);
  }

  @Override
  public void setNull(int parameterIndex, int sqlType, String typeName) throws SQLException {
    record(parameterIndex, Setter.NULL_NAMED, null, sqlType, typeName);
  }

  @Override
  public void setBoolean(int parameterIndex, boolean x) throws SQLException {
    recordPlain(parameterIndex, Setter.BOOLEAN, x);
  }

  @Override
  public void setByte(int parameterIndex, byte x) throws SQLException {
    recordPlain(parameterIndex, Setter.BYTE, x);
  }

  @Override
  public void setShort(int parameterIndex, short x) throws SQLException {
    recordPlain(parameterIndex, Setter.SHORT, x);
  }

  @Override
  public void setInt(int parameterIndex, int x) throws SQLException {
    recordPlain(parameterIndex, Setter.INT, x);
  }

  @Override
  public void setLong(int parameterIndex, long x) throws SQLException {
    recordPlain(parameterIndex, Setter.LONG, x);
  }

  @Override
  public void setFloat(int parameterIndex, float x) throws SQLException {
    recordPlain(parameterIndex, Setter.FLOAT, x);
  }

  @Override
  public void setDouble(int parameterIndex, double x) throws SQLException {
    recordPlain(parameterIndex, Setter.DOUBLE, x);
  }

  @Override
  public void setBigDecimal(int parameterIndex, BigDecimal x) throws SQLException {
    record(parameterIndex, Setter.BIG_DECIMAL, x);
  }

  @Override
  public void setString(int parameterIndex, String x) throws SQLException {
    recordPlain(parameterIndex, Setter.STRING, x);
  }

  @Override
  public void setNString(int parameterIndex, String x) throws SQLException {
    record(parameterIndex, Setter.NSTRING, x);
  }

  @Override
  public void setBytes(int parameterIndex, byte[] x) throws SQLException {
    record(parameterIndex, Setter.BYTES, x);
  }

  @Override
  public void setURL(int parameterIndex, URL x) throws SQLException {
    record(parameterIndex, Setter.URL, x);
  }

  @Override
  public void setArray(int parameterIndex, Array x) throws SQLException {
    record(parameterIndex, Setter.ARRAY, x);
  }

  @Override
  public void setRef(int parameterIndex, Ref x) throws SQLException {
    record(parameterIndex, Setter.REF, x);
  }

  @Override
  public void setRowId(int parameterIndex, RowId x) throws SQLException {
    record(parameterIndex, Setter.ROW_ID, x);
  }

  @Override
  public void setSQLXML(int parameterIndex, SQLXML x) throws SQLException {
    record(parameterIndex, Setter.SQL_XML, x);
  }

  @Override
  public void setDate(int parameterIndex, Date x) throws SQLException {
    record(parameterIndex, Setter.DATE, x);
  }

  @Override
  public void setDate(int parameterIndex, Date x, Calendar cal) throws SQLException {
    record(parameterIndex, Setter.DATE_CALENDAR, x, cal);
  }

  @Override
  public void setTime(int parameterIndex, Time x) throws SQLException {
    record(parameterIndex, Setter.TIME, x);
  }

  @Override
  public void setTime(int parameterIndex, Time x, Calendar cal) throws SQLException {
    record(parameterIndex, Setter.TIME_CALENDAR, x, cal);
  }

  @Override
  public void setTimestamp(int parameterIndex, Timestamp x) throws SQLException {
    record(parameterIndex, Setter.TIMESTAMP, x);
  }

  @Override
  public void setTimestamp(int parameterIndex, Timestamp x, Calendar cal) throws SQLException {
    record(parameterIndex, Setter.TIMESTAMP_CALENDAR, x, cal);
  }

  @Override
  public void setObject(int parameterIndex, Object x) throws SQLException {
    record(parameterIndex, Setter.OBJECT, x);
  }

  @Override
  public void setObject(int parameterIndex, Object x, int targetSqlType) throws SQLException {
    record(parameterIndex, Setter.OBJECT_TYPE, x, targetSqlType);
  }

  @Override
  public void setObject(int parameterIndex, Object x, int targetSqlType, int scaleOrLength)
      throws SQLException {
    record(parameterIndex, Setter.OBJECT_TYPE_SCALE, x, targetSqlType, scaleOrLength);
  }

  @Override
  public void setObject(int parameterIndex, Object x, SQLType targetSqlType) throws SQLException {
    record(parameterIndex, Setter.OBJECT_SQL_TYPE, x, targetSqlType);
  }

  @Override
  public void setObject(int parameterIndex, Object x, SQLType targetSqlType, int scaleOrLength)
      throws SQLException {
    record(parameterIndex, Setter.OBJECT_SQL_TYPE_SCALE, x, targetSqlType, scaleOrLength);
  }

  @Override
  public void setBlob(int parameterIndex, Blob x) throws SQLException {
    record(parameterIndex, Setter.BLOB, x);
  }

  @Override
  public void setBlob(int parameterIndex, InputStream x) throws SQLException {
    record(parameterIndex, Setter.BLOB_STREAM, x);
  }

  @Override
  public void setBlob(int parameterIndex, InputStream x, long length) throws SQLException {
    record(parameterIndex, Setter.BLOB_STREAM_LENGTH, x, length);
  }

  @Override
  public void setClob(int parameterIndex, Clob x) throws SQLException {
    record(parameterIndex, Setter.CLOB, x);
  }

  @Override
  public void setClob(int parameterIndex, Reader x) throws SQLException {
    record(parameterIndex, Setter.CLOB_READER, x);
  }

  @Override
  public void setClob(int parameterIndex, Reader x, long length) throws SQLException {
    record(parameterIndex, Setter.CLOB_READER_LENGTH, x, length);
  }

  @Override
  public void setNClob(int parameterIndex, NClob x) throws SQLException {
    record(parameterIndex, Setter.NCLOB, x);
  }

  @Override
  public void setNClob(int parameterIndex, Reader x) throws SQLException {
    record(parameterIndex, Setter.NCLOB_READER, x);
  }

  @Override
  public void setNClob(int parameterIndex, Reader x, long length) throws SQLException {
    record(parameterIndex, Setter.NCLOB_READER_LENGTH, x, length);
  }

  @Override
  public void setAsciiStream(int parameterIndex, InputStream x) throws SQLException {
    record(parameterIndex, Setter.ASCII_STREAM, x);
  }

  @Override
  public void setAsciiStream(int parameterIndex, InputStream x, int length) throws SQLException {
    record(parameterIndex, Setter.ASCII_STREAM_INT, x, length);
  }

  @Override
  public void setAsciiStream(int parameterIndex, InputStream x, long length) throws SQLException {
    record(parameterIndex, Setter.ASCII_STREAM_LONG, x, length);
  }

  @Override
  public void setBinaryStream(int parameterIndex, InputStream x) throws SQLException {
    record(parameterIndex, Setter.BINARY_STREAM, x);
  }

  @Override
  public void setBinaryStream(int parameterIndex, InputStream x, int length) throws SQLException {
    record(parameterIndex, Setter.BINARY_STREAM_INT, x, length);
  }

  @Override
  public void setBinaryStream(int parameterIndex, InputStream x, long length) throws SQLException {
    record(parameterIndex, Setter.BINARY_STREAM_LONG, x, length);
  }

  @Override
  public void setCharacterStream(int parameterIndex, Reader x) throws SQLException {
    record(parameterIndex, Setter.CHARACTER_STREAM, x);
  }

  @Override
  public void setCharacterStream(int parameterIndex, Reader x, int length) throws SQLException {
    record(parameterIndex, Setter.CHARACTER_STREAM_INT, x, length);
  }

  @Override
  public void setCharacterStream(int parameterIndex, Reader x, long length) throws SQLException {
    record(parameterIndex, Setter.CHARACTER_STREAM_LONG, x, length);
  }

  @Override
  public void setNCharacterStream(int parameterIndex, Reader x) throws SQLException {
    record(parameterIndex, Setter.NCHARACTER_STREAM, x);
  }

  @Override
  public void setNCharacterStream(int parameterIndex, Reader x, long length) throws SQLException {
    record(parameterIndex, Setter.NCHARACTER_STREAM_LONG, x, length);
  }

  @Override
  @Deprecated
  public void setUnicodeStream(int parameterIndex, InputStream x, int length) throws SQLException {
    record(parameterIndex, Setter.UNICODE_STREAM, x, length);
  }
}
