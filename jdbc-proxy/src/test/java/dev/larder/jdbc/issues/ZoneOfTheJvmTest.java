package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.junit.jupiter.api.parallel.Isolated;

/** The JVM's time zone changes while answers are in memory. */
@Isolated
final class ZoneOfTheJvmTest {

  private static final String QUERY = "select id, born, at, clock, title from event order by id";

  @EachDatabase
  void timesAreThoseOfTheDriverThen(TestDatabase database) throws SQLException {
    database.execute(
        "create table event (id int primary key, born date, at timestamp null, clock time,"
            + " title varchar(20))",
        "insert into event values (1, '2024-02-29', '2024-02-29 12:34:56', '01:02:03', 'a'),"
            + " (2, null, null, null, null), (3, '1970-01-02', '1970-01-02 00:00:00', '00:00:00',"
            + " 'b')");
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    TimeZone before = TimeZone.getDefault();
    try (LarderDataSource larder = LarderDataSource.wrap(database.dataSource(), settings);
        Connection old = database.connect()) {
      read(larder);
      for (String zone : new String[] {"Asia/Tokyo", "America/New_York"}) {
        zone(TimeZone.getTimeZone(zone));
        // Some drivers' connections keep the zone that they were opened in.
        List<List<Object>> direct = List.of(read(old), read(database.dataSource()));
        assertThat(read(larder)).as(zone).isIn(direct);
        assertThat(read(larder)).as(zone).isIn(direct);
      }
      assertThat(larder.statistics().hits()).isPositive();
      assertThat(larder.statistics().failures()).isZero();
    } finally {
      zone(before);
    }
  }

  private static void zone(TimeZone zone) {
    TimeZone.setDefault(zone);
    org.h2.util.DateTimeUtils.resetCalendar();
  }

  private static List<Object> read(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return read(connection);
    }
  }

  private static List<Object> read(Connection connection) throws SQLException {
    List<Object> read = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(QUERY)) {
      while (rows.next()) {
        read.add(rows.getInt(1));
        read.add(String.valueOf(rows.getDate(2)));
        read.add(String.valueOf(rows.getTimestamp(3)));
        read.add(String.valueOf(rows.getTime("clock")));
        read.add(String.valueOf(rows.getObject("at")));
        read.add(String.valueOf(rows.getString("title")));
      }
    }
    return read;
  }
}
