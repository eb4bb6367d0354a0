package dev.larder.jdbc.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.Relay;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While the database cannot be reached, answers are served past their age bound, for a while. */
final class PastAnswersTest {

  private static final Duration AGE = Duration.ofMillis(200);
  private static final String READ = "select title from book where id = ?";

  private @Nullable TestDatabase database;
  private @Nullable Relay relay;
  private @Nullable LarderDataSource larder;

  private LarderDataSource over(Product product, @Nullable String bound) throws SQLException {
    TestDatabase made = Databases.fresh(product);
    database = made;
    made.execute(
        "create table book (id int primary key, title varchar(50))",
        "insert into book values (1, 'one'), (2, 'two')");
    Relay before = Relay.to(made);
    relay = before;
    LarderDataSource.Builder builder =
        LarderDataSource.builder()
            .url(made.urlThrough(before))
            .username(made.username())
            .password(made.password())
            .setting(Setting.MAX_STALENESS, AGE.toMillis() + "ms")
            .setting(Setting.ADMISSION, "always")
            .setting(Setting.POOL_CONNECTION_TIMEOUT, "1s");
    if (bound != null) {
      builder.setting(Setting.STALE_ON_ERROR, bound);
    }
    LarderDataSource data = builder.build();
    larder = data;
    return data;
  }

  @AfterEach
  void close() {
    if (larder != null) {
      larder.close();
    }
    stop();
    if (database != null) {
      database.close();
    }
  }

  private void stop() {
    if (relay != null) {
      relay.close();
    }
  }

  private static void pastTheBound() {
    LockSupport.parkNanos(AGE.toNanos() + 10_000_000);
  }

  @ParameterizedTest
  @EnumSource(value = Product.class, mode = EnumSource.Mode.EXCLUDE, names = "H2")
  void upToTheBoundAndNoFurther(Product product) throws SQLException {
    LarderDataSource data = over(product, "2s");
    assertThat(read(data)).isEqualTo("one");
    stop();
    long readBefore = System.nanoTime();
    long bound = AGE.plusSeconds(2).toNanos();
    int served = 0;
    boolean failed = false;
    while (!failed) {
      long began = System.nanoTime();
      try {
        assertThat(read(data)).isEqualTo("one");
        served++;
        assertThat(began - readBefore).as("age of an answer").isLessThanOrEqualTo(bound);
      } catch (SQLException e) {
        failed = true;
        assertThat(System.nanoTime() - readBefore).isGreaterThan(bound - 1_500_000_000L);
      }
      LockSupport.parkNanos(100_000);
    }
    assertThat(served).isGreaterThan(100);
    assertThat(data.statistics().servedPastBound()).isPositive();
    assertThatThrownBy(() -> read(data)).isInstanceOf(SQLException.class);
    assertThat(data.statistics().failures()).isZero();
  }

  @ParameterizedTest
  @EnumSource(value = Product.class, mode = EnumSource.Mode.EXCLUDE, names = "H2")
  void theResultSaysSo(Product product) throws SQLException {
    LarderDataSource data = over(product, "1m");
    assertThat(read(data)).isEqualTo("one");
    stop();
    pastTheBound();
    try (Connection connection = data.getConnection();
        PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setInt(1, 1);
      try (ResultSet row = statement.executeQuery()) {
        SQLWarning warning = row.getWarnings();
        assertThat(warning.getMessage()).contains("past its age bound");
        assertThat(warning.getSQLState()).isEqualTo("01000");
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).isEqualTo("one");
        row.clearWarnings();
        assertThat((Object) row.getWarnings()).isNull();
        assertThat(row.getStatement()).isSameAs(statement);
      }
    }
    assertThat(data.statistics().servedPastBound()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(value = Product.class, mode = EnumSource.Mode.EXCLUDE, names = "H2")
  void nothingThatIsKnownToHaveChanged(Product product) throws SQLException {
    LarderDataSource data = over(product, "1m");
    assertThat(read(data)).isEqualTo("one");
    stop();
    pastTheBound();
    assertThat(read(data)).isEqualTo("one");
    data.invalidation().table("book");
    assertThatThrownBy(() -> read(data)).isInstanceOf(SQLException.class);
  }

  @ParameterizedTest
  @EnumSource(value = Product.class, mode = EnumSource.Mode.EXCLUDE, names = "H2")
  void readOnlyTransactionsAndNoOthers(Product product) throws SQLException {
    LarderDataSource data = over(product, "1m");
    assertThat(read(data)).isEqualTo("one");
    try (Connection writer = data.getConnection();
        Statement write = writer.createStatement()) {
      writer.setAutoCommit(false);
      write.executeUpdate("update book set title = 'mine' where id = 2");
      stop();
      pastTheBound();
      assertThatThrownBy(() -> read(writer)).isInstanceOf(SQLException.class);
      try (Connection reader = data.getConnection()) {
        reader.setAutoCommit(false);
        assertThatThrownBy(() -> read(reader)).isInstanceOf(SQLException.class);
      }
      try (Connection reader = data.getConnection()) {
        reader.setReadOnly(true);
        reader.setAutoCommit(false);
        reader.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        assertThat(read(reader)).isEqualTo("one");
      }
    } catch (SQLException closing) {
      // The connection that is lost may say so once more.
      assertThat(closing.getSQLState()).startsWith("08");
    }
  }

  @ParameterizedTest
  @EnumSource(value = Product.class, mode = EnumSource.Mode.EXCLUDE, names = "H2")
  void offUnlessItIsAskedFor(Product product) throws SQLException {
    LarderDataSource data = over(product, null);
    assertThat(read(data)).isEqualTo("one");
    stop();
    pastTheBound();
    assertThatThrownBy(() -> read(data)).isInstanceOf(SQLException.class);
    assertThat(data.statistics().servedPastBound()).isZero();
  }

  private static String read(LarderDataSource data) throws SQLException {
    try (Connection connection = data.getConnection()) {
      return read(connection);
    }
  }

  private static String read(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setInt(1, 1);
      try (ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getString(1);
      }
    }
  }
}
