package dev.larder.jdbc.retention;

import dev.larder.jdbc.LarderDataSource;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Does whatever could make Larder hold ever more, one kind after the other, and looks at the heap
 * after each: a program for a small JVM of its own. Ends with 1 where something grew past its
 * bound.
 */
public final class Hoarder {

  private static final int MEGABYTE = 1 << 20;

  /** {@code larder.cache.max-bytes} of the data source that is loaded. */
  private static final int CACHE = 8 * MEGABYTE;

  /** What is known of texts and templates has bounds of its own: 16 and 8 MB. */
  private static final int TEXTS = 24 * MEGABYTE;

  private static final int SLACK = 6 * MEGABYTE;

  /** What a data source may hold that is closed and not let go of. */
  private static final int CLOSED = MEGABYTE;

  private final String url;
  private final String user;
  private final String password;
  private final int times;
  private final List<String> failures = new ArrayList<>();

  private Hoarder(String url, String user, String password, int times) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.times = times;
  }

  /** One kind of load. */
  @FunctionalInterface
  private interface Load {
    void run(LarderDataSource larder) throws Exception;
  }

  /**
   * @param arguments the URL, user and password of an empty PostgreSQL database, and by what to
   *     multiply the load
   */
  public static void main(String[] arguments) throws Exception {
    Hoarder hoarder =
        new Hoarder(arguments[0], arguments[1], arguments[2], Integer.parseInt(arguments[3]));
    hoarder.all();
    hoarder.failures.forEach(failure -> System.out.println("FAILED " + failure));
    System.out.println(hoarder.failures.isEmpty() ? "ALL HELD" : "NOT ALL HELD");
    System.exit(hoarder.failures.isEmpty() ? 0 : 1);
  }

  private void all() throws Exception {
    try (LarderDataSource prepared = larder()) {
      run(
          prepared,
          "create table book (id int primary key, title text)",
          "insert into book select i, 'title ' || i from generate_series(1, 100) i",
          "create table note (id int primary key, author int, body text)",
          "insert into note select i, i % 100, 'body ' || i from generate_series(1, 1000) i");
      read(prepared, "select title from book where id = 1");
    }
    each("settings", CACHE + SLACK, this::settings);
    each("settings shared by many answers", CACHE + SLACK, this::sharedSettings);
    each("parameters", CACHE + SLACK, this::parameters);
    each("texts", CACHE + TEXTS + SLACK, this::texts);
    each("long texts", CACHE + TEXTS + SLACK, this::longTexts);
    each("definitions", CACHE + SLACK, this::definitions);
    each("dropped tables", CACHE + SLACK, this::droppedTables);
    each("tags and names", SLACK, this::names);
    each("users", SLACK, this::users);
    dataSources();
    listeners();
  }

  /** Runs one load on a data source of its own, looks, closes it and looks again. */
  private void each(String name, long most, Load load) throws Exception {
    long begun = System.nanoTime();
    long before = Heap.used();
    long after = closed(name, before, most, load);
    // By now nobody holds it any more.
    long own = after - (Heap.used() - before);
    System.out.printf(
        ", closed %9s (its own %9s), %4.1f s%n",
        Heap.megabytes(after), Heap.megabytes(own), (System.nanoTime() - begun) / 1e9);
    expect(own <= CLOSED, name + " hold " + Heap.megabytes(own) + " by a closed data source");
  }

  /** What more there is than before the load, while the data source is closed and still held. */
  private long closed(String name, long before, long most, Load load) throws Exception {
    LarderDataSource larder = larder();
    read(larder, "select title from book where id = 1");
    load.run(larder);
    long held = Heap.used() - before;
    long counted = larder.statistics().bytes();
    larder.close();
    long after = Heap.usedOnce(before + SLACK) - before;
    System.out.printf(
        "%-32s held %9s (counted %9s, %6d entries)",
        name, Heap.megabytes(held), Heap.megabytes(counted), larder.statistics().entries());
    expect(held <= most, name + " hold " + Heap.megabytes(held));
    expect(after <= SLACK, name + " hold " + Heap.megabytes(after) + " after close");
    // What the application still holds: a closed data source and no more.
    expect(larder.isClosed(), "closed");
    return after;
  }

  private void expect(boolean holds, String failure) {
    if (!holds) {
      failures.add(failure);
    }
  }

  private void settings(LarderDataSource larder) throws SQLException {
    String filler = "x".repeat(8_000);
    try (Connection connection = larder.getConnection()) {
      for (int i = 0; i < 1_500 * times; i++) {
        set(connection, filler + i);
        read(connection, "select title from book where id = 1");
      }
    }
  }

  private void sharedSettings(LarderDataSource larder) throws SQLException {
    String filler = "x".repeat(2_000);
    try (Connection connection = larder.getConnection()) {
      for (int tenant = 0; tenant < 20; tenant++) {
        set(connection, filler + tenant);
        for (int id = 0; id < 250 * times; id++) {
          readBody(connection, id);
        }
      }
    }
    expect(
        times > 1 || larder.statistics().entries() > 4_500,
        "shared settings crowd answers out: " + larder.statistics().entries());
  }

  private static void set(Connection connection, String value) throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement("select set_config('app.tenant', ?, false)")) {
      set.setString(1, value);
      set.executeQuery().close();
    }
  }

  private void parameters(LarderDataSource larder) throws SQLException {
    String filler = "y".repeat(2_000);
    try (Connection connection = larder.getConnection();
        PreparedStatement query =
            connection.prepareStatement("select id from note where body = ? and author = ?")) {
      for (int i = 0; i < 5_000 * times; i++) {
        query.setString(1, filler + i);
        query.setInt(2, i);
        query.executeQuery().close();
      }
    }
  }

  private void texts(LarderDataSource larder) throws SQLException {
    try (Connection connection = larder.getConnection()) {
      for (int i = 0; i < 3_000 * times; i++) {
        read(connection, "select title as t" + i + " from book where id = 1");
      }
    }
  }

  private void longTexts(LarderDataSource larder) throws SQLException {
    try (Connection connection = larder.getConnection()) {
      for (int i = 0; i < 100 * times; i++) {
        StringBuilder sql =
            new StringBuilder("select title as t" + i + " from book where id in (1");
        for (int j = 0; j < 1_500; j++) {
          sql.append(", ").append(j + i);
        }
        read(connection, sql.append(')').toString());
      }
    }
  }

  private void definitions(LarderDataSource larder) throws SQLException {
    for (int i = 0; i < 25 * times; i++) {
      run(larder, "create table side" + i + " (id int)");
      for (int j = 0; j < 10; j++) {
        read(larder, "select title as t" + i + "_" + j + " from book where id = 1");
      }
      run(larder, "drop table side" + i);
    }
  }

  private void droppedTables(LarderDataSource larder) throws SQLException {
    for (int i = 0; i < 15 * times; i++) {
      String table = "gone" + i;
      run(
          larder,
          "create table " + table + " (id int primary key, a int)",
          "insert into " + table + " select i, i from generate_series(1, 50) i");
      try (Connection connection = larder.getConnection();
          PreparedStatement query =
              connection.prepareStatement("select a from " + table + " where id = ?")) {
        for (int id = 0; id < 100; id++) {
          query.setInt(1, id);
          query.executeQuery().close();
        }
      }
      run(larder, "drop table " + table);
    }
  }

  private void names(LarderDataSource larder) {
    for (int i = 0; i < 200_000 * times; i++) {
      larder.invalidation().tag("tag" + i);
    }
    for (int i = 0; i < 2_000 * times; i++) {
      larder.invalidation().table("no_table" + i);
      larder.invalidation().rows("no_table" + i, "id", i);
      larder.invalidation().rows("book", "no_column" + i, i);
      larder.invalidation().rows("book", "id", i);
    }
  }

  private void users(LarderDataSource larder) throws SQLException {
    for (int i = 0; i < 15 * times; i++) {
      try (Connection connection = larder.getConnection(user, password)) {
        set(connection, "tenant" + i);
        read(connection, "select title from book where id = 1");
      }
    }
  }

  /** Opened, used and closed: their objects may live on, nothing else does. */
  private void dataSources() throws Exception {
    long begun = System.nanoTime();
    List<LarderDataSource> closed = new ArrayList<>();
    openAndClose(closed);
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    long before = Heap.used();
    for (int i = 0; i < 15 * times; i++) {
      openAndClose(closed);
    }
    long held = Heap.used() - before;
    long each = held / (closed.size() - 1);
    int more = ManagementFactory.getThreadMXBean().getThreadCount() - threads;
    int beans =
        ManagementFactory.getPlatformMBeanServer()
            .queryNames(new ObjectName("dev.larder*:*"), null)
            .size();
    System.out.printf(
        "%-32s held %9s, %d KB each, %d threads more, %d beans, %4.1f s%n",
        "closed data sources",
        Heap.megabytes(held),
        each / 1024,
        more,
        beans,
        (System.nanoTime() - begun) / 1e9);
    expect(each < 100 * 1024, "each closed data source holds " + each);
    expect(more < 10, more + " threads of closed data sources");
    expect(beans == 0, beans + " beans of closed data sources");
  }

  private void openAndClose(List<LarderDataSource> closed) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("larder.invalidation.jmx", "true");
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    LarderDataSource larder = LarderDataSource.wrap(driver(), settings);
    larder.invalidation().onChange(change -> {});
    read(larder, "select title from book where id = 1");
    larder.close();
    closed.add(larder);
  }

  /** A listener of a closed data source is nobody's, though another holds the database's ledger. */
  private void listeners() throws SQLException {
    try (LarderDataSource other = larder()) {
      read(other, "select title from book where id = 1");
      long before = Heap.used();
      for (int i = 0; i < 20; i++) {
        try (LarderDataSource larder = larder()) {
          byte[] ballast = new byte[MEGABYTE];
          larder.invalidation().onChange(change -> ballast[0]++);
          read(larder, "select title from book where id = 1");
          larder.invalidation().onChange(change -> ballast[1]++);
        }
      }
      long held = Heap.used() - before;
      System.out.printf("%-32s held %9s%n", "listeners", Heap.megabytes(held));
      expect(held < SLACK, "listeners of closed data sources hold " + Heap.megabytes(held));
    }
  }

  private LarderDataSource larder() {
    Properties settings = new Properties();
    settings.setProperty("larder.cache.max-bytes", String.valueOf(CACHE));
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    return LarderDataSource.wrap(driver(), settings);
  }

  private DataSource driver() {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setUrl(url);
    driver.setUser(user);
    driver.setPassword(password);
    return driver;
  }

  private static void readBody(Connection connection, int id) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select body from note where id = ?")) {
      query.setInt(1, id);
      query.executeQuery().close();
    }
  }

  private static void read(LarderDataSource larder, String sql) throws SQLException {
    try (Connection connection = larder.getConnection()) {
      read(connection, sql);
    }
  }

  private static void read(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
    }
  }

  private static void run(LarderDataSource larder, String... sqls) throws SQLException {
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : sqls) {
        statement.execute(sql);
      }
    }
  }
}
