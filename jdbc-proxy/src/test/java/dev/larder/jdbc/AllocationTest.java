package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.sql.DataSource;

/**
 * What Larder allocates, beyond a pool and the driver, for what applications do most. A machine's
 * load does not change that, so it tells what timing cannot on a busy one: on which product
 * something is done with each statement that should be done once.
 */
class AllocationTest {

  private static final int WARM = 2_000;
  private static final int MEASURED = 1_000;

  /*
   * Bytes for each time, twice what they are on a warm JVM: how much the JIT compiler has done away
   * with differs between runs.
   */
  private static final int HIT = 4_000;
  private static final int WRITE = 4_000;

  /** Something that is done again and again, in another way each time. */
  @FunctionalInterface
  private interface Work {
    void once(Connection connection, int turn) throws SQLException;
  }

  @EachDatabase
  void noStatementBearsWhatIsToBeDoneOnce(TestDatabase database) throws Exception {
    database.execute(
        "create table jar (id int primary key, title varchar(20), price numeric(10,2), made"
            + " timestamp)");
    database.execute("insert into jar values (1, 'quince', 4.50, '2024-05-06 07:08:09')");
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    config.setMaximumPoolSize(2);
    Map<String, Long> more = new TreeMap<>();
    try (HikariDataSource pool = new HikariDataSource(config);
        LarderDataSource larder = KeptAnswers.over(database)) {
      more.put("hit", allocated(larder, AllocationTest::hit));
      more.put("miss", more(pool, larder, AllocationTest::miss));
      more.put("write", more(pool, larder, AllocationTest::write));
    }
    System.out.println(database.product() + ": bytes more than a pool's " + more);
    assertThat(more.get("hit")).as("a hit, in all").isLessThan(HIT);
    assertThat(more.get("write")).as("a write").isLessThan(WRITE);
    assertThat(more.get("miss")).as("a miss").isLessThan(most(database.product()));
  }

  private static int most(Product product) {
    return switch (product) {
      case POSTGRESQL -> 8_000;
      case MARIADB -> 16_000;
      case MYSQL -> 36_000;
      case H2 -> 10_000;
    };
  }

  private static long more(DataSource pool, DataSource larder, Work work) throws Exception {
    long without = allocated(pool, work);
    return allocated(larder, work) - without;
  }

  private static long allocated(DataSource source, Work work) throws Exception {
    long before = 0;
    for (int turn = 0; turn < WARM + MEASURED; turn++) {
      if (turn == WARM) {
        before = allocatedSoFar();
      }
      try (Connection connection = source.getConnection()) {
        work.once(connection, turn);
      }
    }
    return (allocatedSoFar() - before) / MEASURED;
  }

  /** By this thread. */
  private static long allocatedSoFar() throws JMException {
    return (Long)
        ManagementFactory.getPlatformMBeanServer()
            .getAttribute(
                new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
                "CurrentThreadAllocatedBytes");
  }

  private static void hit(Connection connection, int turn) throws SQLException {
    read(connection, 0);
  }

  private static void miss(Connection connection, int turn) throws SQLException {
    read(connection, turn);
  }

  private static void read(Connection connection, int turn) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select id, title, price, made from jar where id = ? and ? >= 0")) {
      query.setInt(1, 1);
      query.setInt(2, turn);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        rows.getInt(1);
        rows.getString(2);
        rows.getBigDecimal(3);
        rows.getTimestamp(4);
      }
    }
  }

  private static void write(Connection connection, int turn) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("update jar set title = 'plum' where id = 2");
    }
  }
}
