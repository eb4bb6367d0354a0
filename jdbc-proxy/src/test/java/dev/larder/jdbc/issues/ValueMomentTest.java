package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.CharArrayReader;
import java.io.StringReader;
import java.sql.Array;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Calendar;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import javax.sql.DataSource;
import javax.sql.rowset.serial.SerialBlob;
import javax.sql.rowset.serial.SerialClob;
import org.junit.jupiter.api.parallel.Isolated;
import org.postgresql.util.PGobject;

/**
 * Symptom: a {@code byte[]} that was cleared between {@code setBytes} and the execution was written
 * as zeros, a {@code Timestamp} that was used for two parameters had the second value in both, and
 * an array that was freed after {@code setArray} was a NullPointerException: drivers that take a
 * value in the setter had been given it at the execution.
 */
@Isolated // because it changes the JVM's time zone
class ValueMomentTest {

  private static final long MOMENT = 1_577_934_245_000L;

  /** Sets parameter 1, and then changes what it was set to. */
  private interface Setting {
    void run(PreparedStatement statement) throws Exception;
  }

  private static Map<String, Setting> settings(Product product) {
    Map<String, Setting> all = new LinkedHashMap<>();
    all.put(
        "b setBytes",
        s -> {
          byte[] b = {1, 2};
          s.setBytes(1, b);
          b[0] = 0;
        });
    all.put(
        "b setObject",
        s -> {
          byte[] b = {1, 2};
          s.setObject(1, b);
          b[0] = 0;
        });
    all.put(
        "b setObject VARBINARY",
        s -> {
          byte[] b = {1, 2};
          s.setObject(1, b, Types.VARBINARY);
          b[0] = 0;
        });
    all.put(
        "b setBinaryStream",
        s -> {
          byte[] b = {1, 2};
          s.setBinaryStream(1, new ByteArrayInputStream(b));
          b[0] = 0;
        });
    all.put(
        "b setBinaryStream 2",
        s -> {
          byte[] b = {1, 2};
          s.setBinaryStream(1, new ByteArrayInputStream(b), 2);
          b[0] = 0;
        });
    all.put(
        "b setBlob",
        s -> {
          SerialBlob blob = new SerialBlob(new byte[] {1, 2});
          s.setBlob(1, blob);
          blob.setBytes(1, new byte[] {0});
        });
    all.put(
        "b setBlob stream",
        s -> {
          byte[] b = {1, 2};
          s.setBlob(1, new ByteArrayInputStream(b), 2);
          b[0] = 0;
        });
    all.put(
        "s setCharacterStream",
        s -> {
          char[] text = {'a', 'b'};
          s.setCharacterStream(1, new CharArrayReader(text));
          text[0] = 'x';
        });
    all.put(
        "s setCharacterStream 2",
        s -> {
          char[] text = {'a', 'b'};
          s.setCharacterStream(1, new CharArrayReader(text), 2);
          text[0] = 'x';
        });
    all.put(
        "s setClob",
        s -> {
          SerialClob clob = new SerialClob(new char[] {'a', 'b'});
          s.setClob(1, clob);
          clob.setString(1, "x");
        });
    all.put("s setClob reader", s -> s.setClob(1, new StringReader("ab")));
    all.put(
        "ts setTimestamp",
        s -> {
          Timestamp t = new Timestamp(MOMENT);
          s.setTimestamp(1, t);
          t.setTime(0);
        });
    all.put(
        "ts setTimestamp subclass",
        s -> {
          Timestamp t = new Timestamp(MOMENT) {};
          s.setTimestamp(1, t);
          t.setTime(0);
        });
    all.put(
        "ts setTimestamp Calendar",
        s -> {
          Timestamp t = new Timestamp(MOMENT);
          Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("GMT+3"));
          s.setTimestamp(1, t, calendar);
          calendar.setTimeZone(TimeZone.getTimeZone("GMT-7"));
        });
    all.put(
        "ts setObject",
        s -> {
          Timestamp t = new Timestamp(MOMENT);
          s.setObject(1, t);
          t.setTime(0);
        });
    all.put(
        "ts setObject TIMESTAMP",
        s -> {
          Timestamp t = new Timestamp(MOMENT);
          s.setObject(1, t, Types.TIMESTAMP);
          t.setTime(0);
        });
    all.put(
        "ts setObject Date",
        s -> {
          java.util.Date t = new java.util.Date(MOMENT);
          s.setObject(1, t);
          t.setTime(0);
        });
    all.put(
        "ts setObject Date TIMESTAMP",
        s -> {
          java.util.Date t = new java.util.Date(MOMENT);
          s.setObject(1, t, Types.TIMESTAMP);
          t.setTime(0);
        });
    all.put(
        "ts setObject Calendar",
        s -> {
          Calendar t = Calendar.getInstance();
          t.setTimeInMillis(MOMENT);
          s.setObject(1, t);
          t.setTimeInMillis(0);
        });
    all.put(
        "ts default zone",
        s -> {
          s.setTimestamp(1, new Timestamp(MOMENT));
          TimeZone.setDefault(TimeZone.getTimeZone("GMT-7"));
        });
    all.put(
        "ts default zone, setObject",
        s -> {
          s.setObject(1, new Timestamp(MOMENT), Types.TIMESTAMP);
          TimeZone.setDefault(TimeZone.getTimeZone("GMT-7"));
        });
    all.put(
        "ts default zone before the setter",
        s -> {
          TimeZone.setDefault(TimeZone.getTimeZone("GMT-7"));
          s.setTimestamp(1, new Timestamp(MOMENT));
        });
    all.put(
        "d setDate",
        s -> {
          Date d = Date.valueOf("2020-01-02");
          s.setDate(1, d);
          d.setTime(0);
        });
    all.put(
        "d default zone",
        s -> {
          s.setDate(1, Date.valueOf("2020-01-02"));
          TimeZone.setDefault(TimeZone.getTimeZone("GMT-7"));
        });
    all.put(
        "t setTime",
        s -> {
          Time t = Time.valueOf("03:04:05");
          s.setTime(1, t);
          t.setTime(0);
        });
    all.put(
        "t default zone",
        s -> {
          s.setTime(1, Time.valueOf("03:04:05"));
          TimeZone.setDefault(TimeZone.getTimeZone("GMT-7"));
        });
    all.put(
        "s cleared",
        s -> {
          s.setString(1, "ab");
          s.clearParameters();
        });
    all.put(
        "s set again",
        s -> {
          s.setNull(1, Types.VARCHAR);
          s.setObject(1, new Object[] {1});
        });
    all.put("s setURL", s -> s.setURL(1, new java.net.URL("http://localhost/")));
    all.put("s setNString", s -> s.setNString(1, "ab"));
    if (!product.speaksMySql()) {
      all.put(
          "a setArray",
          s -> {
            Array array = s.getConnection().createArrayOf("integer", new Object[] {1, 2});
            s.setArray(1, array);
            array.free();
          });
      all.put(
          "a setObject",
          s -> {
            Integer[] array = {1, 2};
            s.setObject(1, array);
            array[0] = 0;
          });
    }
    if (product == Product.POSTGRESQL) {
      all.put(
          "s setObject PGobject",
          s -> {
            PGobject object = new PGobject();
            object.setType("varchar");
            object.setValue("ab");
            s.setObject(1, object);
            object.setValue("xb");
          });
      all.put(
          "x setSQLXML",
          s -> {
            SQLXML xml = s.getConnection().createSQLXML();
            xml.setString("<a/>");
            s.setSQLXML(1, xml);
            xml.free();
          });
    }
    return all;
  }

  private static void prepare(TestDatabase database) {
    switch (database.product()) {
      case POSTGRESQL ->
          database.execute(
              "create table v (id serial primary key, b bytea, s varchar(50), ts timestamp, d date,"
                  + " t time, a int[], x xml)");
      case MARIADB, MYSQL ->
          database.execute(
              "create table v (id int primary key auto_increment, b varbinary(50), s varchar(50),"
                  + " ts datetime, d date, t time) engine=innodb");
      case H2 ->
          database.execute(
              "create table v (id int primary key auto_increment, b varbinary(50), s varchar(50),"
                  + " ts timestamp, d date, t time, a int array)");
    }
  }

  /** As it is written, and as it is written by a batch. */
  @EachDatabase
  void whatIsWrittenIsWhatTheDriverWouldWrite(TestDatabase database) throws Exception {
    prepare(database);
    DataSource plain = database.dataSource();
    try (LarderDataSource larder = over(database)) {
      for (Map.Entry<String, Setting> setting : settings(database.product()).entrySet()) {
        assertThat(written(larder, setting))
            .as(setting.getKey())
            .isEqualTo(written(plain, setting));
      }
    }
  }

  /** As it is looked for, by a statement that memory may answer, and by one that it did answer. */
  @EachDatabase
  void whatIsLookedForIsWhatTheDriverWouldLookFor(TestDatabase database) throws Exception {
    prepare(database);
    database.execute(
        "insert into v (s, ts, d, t) values"
            + " ('ab', timestamp '2020-01-02 03:04:05', date '2020-01-02', '03:04:05'),"
            + " ('xb', timestamp '1970-01-01 00:00:00', date '1970-01-01', '00:00:00'),"
            + " ('', timestamp '2020-01-01 20:04:05', date '2020-01-01', '20:04:05'),"
            + " ('', timestamp '2020-01-02 12:04:05', date '2020-01-03', '12:04:05'),"
            + " ('', timestamp '2020-01-02 06:04:05', date '2020-01-03', '06:04:05')",
        database.product() == Product.POSTGRESQL
            ? "insert into v (b) values ('\\x0102'), ('\\x0002')"
            : "insert into v (b) values (x'0102'), (x'0002')");
    DataSource plain = database.dataSource();
    try (LarderDataSource larder = over(database)) {
      for (Map.Entry<String, Setting> setting : settings(database.product()).entrySet()) {
        String expected = lookedFor(plain, setting);
        for (int time = 0; time < 3; time++) {
          assertThat(lookedFor(larder, setting)).as(setting.getKey()).isEqualTo(expected);
        }
      }
      assertThat(larder.statistics().hits()).isPositive();
    }
  }

  /** One object for two parameters, which changes in between. */
  @EachDatabase
  void twoParametersOfOneObject(TestDatabase database) throws Exception {
    prepare(database);
    database.execute(
        "insert into v (ts) values (timestamp '2020-01-02 03:04:05'),"
            + " (timestamp '1970-01-01 00:00:00')");
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    try (LarderDataSource larder = over(database)) {
      String expected = range(database.dataSource());
      for (int time = 0; time < 3; time++) {
        assertThat(range(larder)).isEqualTo(expected);
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  private static String range(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement query =
            connection.prepareStatement("select id from v where ts >= ? and ts <= ? order by id")) {
      Timestamp t = new Timestamp(0);
      query.setTimestamp(1, t);
      t.setTime(MOMENT);
      query.setTimestamp(2, t);
      return rows(query.executeQuery());
    }
  }

  private static String written(DataSource source, Map.Entry<String, Setting> setting)
      throws Exception {
    String column = column(setting);
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    try (Connection connection = source.getConnection();
        Statement clear = connection.createStatement()) {
      clear.execute("delete from v");
      StringBuilder outcome = new StringBuilder();
      String insert = "insert into v (" + column + ") values (?)";
      try (PreparedStatement statement = connection.prepareStatement(insert)) {
        setting.getValue().run(statement);
        outcome.append("set ");
        statement.execute();
      } catch (Exception e) {
        outcome.append(refusal(e));
      }
      TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
      try (PreparedStatement statement = connection.prepareStatement(insert)) {
        setting.getValue().run(statement);
        outcome.append(" set ");
        statement.addBatch();
        outcome.append("added ");
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        setting.getValue().run(statement);
        statement.addBatch();
        statement.executeBatch();
      } catch (Exception e) {
        outcome.append(refusal(e));
      }
      TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
      return outcome
          + rows(
              clear.executeQuery(
                  "select "
                      + (column.equals("b") ? "b" : "cast(" + column + " as char(40))")
                      + " from v order by id"));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  private static String lookedFor(DataSource source, Map.Entry<String, Setting> setting)
      throws Exception {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    StringBuilder outcome = new StringBuilder();
    try (Connection connection = source.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select id from v where " + column(setting) + " = ? order by id")) {
      setting.getValue().run(statement);
      outcome.append("set ").append(rows(statement.executeQuery()));
      outcome.append(rows(statement.executeQuery()));
    } catch (Exception e) {
      outcome.append(refusal(e));
    } finally {
      TimeZone.setDefault(before);
    }
    return outcome.toString();
  }

  private static String column(Map.Entry<String, Setting> setting) {
    return setting.getKey().split(" ")[0];
  }

  private static String refusal(Exception e) {
    return e.getClass().getName() + (e instanceof SQLException sql ? sql.getSQLState() : "");
  }

  private static String rows(ResultSet rows) throws SQLException {
    StringBuilder all = new StringBuilder();
    try (rows) {
      while (rows.next()) {
        Object value = rows.getObject(1);
        if (value instanceof byte[] bytes) {
          for (byte b : bytes) {
            all.append(String.format(Locale.ROOT, "%02x", b));
          }
          all.append(';');
        } else {
          all.append(rows.getString(1)).append(';');
        }
      }
    }
    return all.toString();
  }

  private static LarderDataSource over(TestDatabase database) {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    return LarderDataSource.wrap(database.dataSource(), settings);
  }
}
