package dev.larder.jdbc.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.invalidation.Invalidation;
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
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While the database cannot be reached, answers are served past their age bound, for a while. */
final class PastAnswersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration AGE = Duration.ofMillis(200);
  private static final String READ = "select title from book where id = ?";

  private @Nullable TestDatabase database;
  private @Nullable Relay relay;
  private @Nullable LarderDataSource larder;

  private LarderDataSource over(Product product, @Nullable String bound) throws SQLException {
    TestDatabase made = shelved(product);
    return over(made, made.username(), made.password(), bound);
  }

  private TestDatabase shelved(Product product) {
    TestDatabase made = Databases.fresh(product);
    database = made;
    made.execute(
        "create table book (id int primary key, title varchar(50))",
        "insert into book values (1, 'one'), (2, 'two')");
    return made;
  }

  private LarderDataSource over(
      TestDatabase made, String user, String password, @Nullable String bound) throws SQLException {
    Relay before = Relay.to(made);
    relay = before;
    LarderDataSource.Builder builder =
        LarderDataSource.builder()
            .url(made.urlThrough(before))
            .username(user)
            .password(password)
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

  private Relay relay() {
    return Objects.requireNonNull(relay);
  }

  private void stop() {
    if (relay != null) {
      relay.close();
    }
  }

  /** On a busy machine the first connections may take longer than the pool waits. */
  private static void warm(LarderDataSource data) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        assertThat(read(data)).isEqualTo("one");
        return;
      } catch (SQLException e) {
        assertThat(System.nanoTime()).as(e.toString()).isLessThan(end);
      }
    }
  }

  private static void pastTheBound() {
    LockSupport.parkNanos(AGE.toNanos() + 10_000_000);
  }

  @ParameterizedTest
  @EnumSource(value = Product.class, mode = EnumSource.Mode.EXCLUDE, names = "H2")
  void upToTheBoundAndNoFurther(Product product) throws SQLException {
    LarderDataSource data = over(product, "2s");
    warm(data);
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
    warm(data);
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
    warm(data);
    stop();
    pastTheBound();
    assertThat(read(data)).isEqualTo("one");
    data.invalidation().table("book");
    assertThatThrownBy(() -> read(data)).isInstanceOf(SQLException.class);
  }

  private static final List<Consumer<Invalidation>> ENDS =
      List.of(
          hook -> hook.rows("book", "id", 1), hook -> hook.table("book"), Invalidation::everything);

  @ParameterizedTest
  @EnumSource(value = Product.class, mode = EnumSource.Mode.EXCLUDE, names = "H2")
  void nothingThatTheApplicationHadEndedBefore(Product product) throws SQLException {
    for (Consumer<Invalidation> end : ENDS) {
      LarderDataSource data = over(product, "1m");
      warm(data);
      end.accept(data.invalidation());
      stop();
      assertThatThrownBy(() -> read(data)).isInstanceOf(SQLException.class);
      close();
    }
  }

  @ParameterizedTest
  @EnumSource(value = Product.class, mode = EnumSource.Mode.EXCLUDE, names = "H2")
  void nothingThatTheApplicationEndsMeanwhile(Product product) throws SQLException {
    for (Consumer<Invalidation> end : ENDS) {
      LarderDataSource data = over(product, "1m");
      warm(data);
      stop();
      pastTheBound();
      data.invalidation().rows("book", "id", 2);
      assertThat(read(data)).as("another row has changed").isEqualTo("one");
      end.accept(data.invalidation());
      assertThatThrownBy(() -> read(data)).isInstanceOf(SQLException.class);
      close();
    }
  }

  /** A right that was taken away through a Larder of this JVM is known at once. */
  @ParameterizedTest
  @EnumSource(value = Product.class, mode = EnumSource.Mode.EXCLUDE, names = "H2")
  void nothingAfterARevokeThatIsSeen(Product product) throws SQLException {
    TestDatabase made = shelved(product);
    try (Reader reader = new Reader(made);
        LarderDataSource admin =
            LarderDataSource.builder()
                .url(made.url())
                .username(made.username())
                .password(made.password())
                .build();
        LarderDataSource data = over(made, reader.name, Reader.PASSWORD, "1m")) {
      warm(data);
      pastTheBound();
      assertThat(read(data)).isEqualTo("one");
      try (Connection connection = admin.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(reader.revoke());
      }
      stop();
      assertThatThrownBy(() -> read(data)).isInstanceOf(SQLException.class);
      assertThat(data.statistics().servedPastBound()).isZero();
    }
  }

  /** One that was taken away elsewhere is known when the database has refused the query. */
  @ParameterizedTest
  @EnumSource(value = Product.class, mode = EnumSource.Mode.EXCLUDE, names = "H2")
  void nothingThatTheDatabaseHasRefused(Product product) throws SQLException {
    TestDatabase made = shelved(product);
    try (Reader reader = new Reader(made);
        LarderDataSource data = over(made, reader.name, Reader.PASSWORD, "1m")) {
      warm(data);
      made.execute(reader.revoke());
      pastTheBound();
      assertThatThrownBy(() -> read(data))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).startsWith("42"));
      stop();
      assertThatThrownBy(() -> read(data)).isInstanceOf(SQLException.class);
      assertThat(data.statistics().servedPastBound()).isZero();
    }
  }

  /** Who cannot log in any more is no reader, whatever else he was given. */
  @ParameterizedTest
  @EnumSource(value = Product.class, mode = EnumSource.Mode.EXCLUDE, names = "H2")
  void nothingForWhoMayNotConnect(Product product) throws SQLException {
    TestDatabase made = shelved(product);
    try (Reader reader = new Reader(made);
        LarderDataSource data = over(made, reader.name, Reader.PASSWORD, "1m")) {
      warm(data);
      made.execute(reader.lockOut());
      pastTheBound();
      relay().cut();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!isRefused(data)) {
        assertThat(System.nanoTime()).isLessThan(end);
      }
      stop();
      assertThatThrownBy(() -> read(data)).isInstanceOf(SQLException.class);
    }
  }

  private static boolean isRefused(LarderDataSource data) {
    try {
      read(data);
      return false;
    } catch (SQLException e) {
      return String.valueOf(e.getSQLState()).startsWith("28");
    }
  }

  /** A user who may read the table and nothing else. */
  private record Reader(TestDatabase database, String name) implements AutoCloseable {

    static final String PASSWORD = "reads-past";

    Reader(TestDatabase database) {
      this(database, "past_" + database.name());
      boolean isPostgres = database.product() == Product.POSTGRESQL;
      database.execute(
          isPostgres
              ? "create role " + name + " login password '" + PASSWORD + "'"
              : "create user " + name + " identified by '" + PASSWORD + "'",
          "grant select on book to " + name);
    }

    String revoke() {
      return "revoke select on book from " + name;
    }

    String lockOut() {
      return database.product() == Product.POSTGRESQL
          ? "alter role " + name + " nologin"
          : "alter user " + name + " identified by 'another'";
    }

    @Override
    public void close() {
      if (database.product() == Product.POSTGRESQL) {
        database.execute("drop owned by " + name);
      }
      database.execute("drop user " + name);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Product.class, mode = EnumSource.Mode.EXCLUDE, names = "H2")
  void readOnlyTransactionsAndNoOthers(Product product) throws SQLException {
    LarderDataSource data = over(product, "1m");
    warm(data);
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
    warm(data);
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
