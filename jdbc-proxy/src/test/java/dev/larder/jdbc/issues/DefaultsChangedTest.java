package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.PostgresServer;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Symptom: what a session begins with was read once per connection, and without the settings that
 * somebody made up. After ALTER ROLE ... SET or ALTER SYSTEM ... SET new connections were answered
 * with another tenant's rows, or with another schema's, whose later changes went unnoticed.
 */
class DefaultsChangedTest {

  private static final String MINE = "select what from secret order by what";
  private static final String TITLE = "select title from book";

  /** A database with a user of its own, whose rows are those of the setting app.tenant. */
  private static final class Tenants implements AutoCloseable {
    final TestDatabase database = Databases.postgres();
    final String user = database.name() + "_app";

    Tenants() {
      database.execute(
          "create role " + user + " login password 'app-test'",
          "create table secret (tenant text, what text)",
          "insert into secret select 't' || n, 'of t' || n from generate_series(0, 9) n",
          "alter table secret enable row level security",
          "create policy own on secret using (tenant = current_setting('app.tenant', true))",
          "create table book (title text)",
          "insert into book values ('public')",
          "create schema other",
          "create table other.book (title text)",
          "insert into other.book values ('other')",
          "grant usage on schema other to " + user,
          "grant select on secret, book, other.book to " + user,
          "grant update on book, other.book to " + user);
    }

    LarderDataSource over(String urlOption, String... settings) throws SQLException {
      Properties properties = new Properties();
      properties.setProperty("larder.writers", "this-jvm");
      for (int i = 0; i < settings.length; i += 2) {
        properties.setProperty(settings[i], settings[i + 1]);
      }
      return LarderDataSource.builder()
          .url(database.url() + (database.url().contains("?") ? "&" : "?") + urlOption)
          .username(user)
          .password("app-test")
          .settings(properties)
          .build();
    }

    /** What a program without Larder reads over a connection that is opened now. */
    List<String> plain(String sql) throws SQLException {
      try (Connection c = DriverManager.getConnection(database.url(), user, "app-test")) {
        return rows(c, sql);
      }
    }

    @Override
    public void close() {
      database.execute("drop owned by " + user, "drop role " + user);
      database.close();
    }
  }

  @Test
  void theRolesTenant() throws SQLException {
    try (Tenants tenants = new Tenants();
        LarderDataSource larder = tenants.over("");
        LarderDataSource admin = admin(tenants)) {
      run(admin, "alter role " + tenants.user + " set app.tenant = 't0'");
      assertThat(warm(larder, MINE)).containsExactly("of t0");
      run(admin, "alter role " + tenants.user + " set app.tenant = 't1'");
      assertThat(read(larder, MINE)).isEqualTo(tenants.plain(MINE)).containsExactly("of t1");
      run(
          admin,
          "alter role " + tenants.user + " reset all",
          "alter database " + tenants.database.name() + " set app.tenant = 't2'");
      assertThat(read(larder, MINE)).isEqualTo(tenants.plain(MINE)).containsExactly("of t2");
      assertThat(warm(larder, MINE)).containsExactly("of t2");
    }
  }

  @Test
  void aTenantOfTheConnectionsOptions() throws SQLException {
    try (Tenants tenants = new Tenants();
        LarderDataSource one = tenants.over("options=-c%20app.tenant=t1");
        LarderDataSource two = tenants.over("options=-c%20app.tenant=t2")) {
      assertThat(warm(one, MINE)).containsExactly("of t1");
      assertThat(warm(two, MINE)).containsExactly("of t2");
      try (Connection c = one.getConnection()) {
        run(c, "set app.tenant = 't3'");
        assertThat(rows(c, MINE)).containsExactly("of t3");
        run(c, "reset app.tenant");
        assertThat(rows(c, MINE)).containsExactly("of t1");
      }
      try (Connection c = two.getConnection()) {
        run(c, "set app.tenant = 't1'");
        assertThat(rows(c, MINE)).containsExactly("of t1");
      }
      assertThat(warm(two, MINE)).containsExactly("of t2");
    }
  }

  @Test
  void theRolesSearchPath() throws SQLException {
    try (Tenants tenants = new Tenants();
        LarderDataSource larder = tenants.over("");
        LarderDataSource admin = admin(tenants)) {
      assertThat(warm(larder, TITLE)).containsExactly("public");
      run(admin, "alter role " + tenants.user + " set search_path = other");
      assertThat(read(larder, TITLE)).containsExactly("other");
      assertThat(warm(larder, TITLE)).containsExactly("other");
      run(larder, "update book set title = 'other 2'");
      assertThat(read(larder, TITLE)).isEqualTo(tenants.plain(TITLE)).containsExactly("other 2");
    }
  }

  @Test
  void aSessionThatIsOpenKeepsWhatItBeganWith() throws SQLException {
    try (Tenants tenants = new Tenants();
        LarderDataSource larder = tenants.over("");
        LarderDataSource admin = admin(tenants);
        Connection open = larder.getConnection()) {
      run(admin, "alter role " + tenants.user + " set app.tenant = 't0'");
      run(open, "select 1");
      assertThat(rows(open, MINE)).containsExactly("of t0");
      run(open, "set extra_float_digits = 0");
      run(admin, "alter role " + tenants.user + " set app.tenant = 't1'");
      assertThat(rows(open, MINE)).containsExactly("of t0");
      assertThat(read(larder, MINE)).containsExactly("of t1");
      assertThat(rows(open, MINE)).containsExactly("of t0");
      open.setAutoCommit(false);
      assertThat(rows(open, MINE)).containsExactly("of t0");
      run(admin, "alter role " + tenants.user + " set app.tenant = 't2'");
      assertThat(rows(open, MINE)).containsExactly("of t0");
      open.rollback();
      assertThat(rows(open, MINE)).containsExactly("of t0");
    }
  }

  @Test
  void aConnectionThatBeganBeforeIsNotLentAgain() throws SQLException {
    try (Tenants tenants = new Tenants();
        LarderDataSource larder = tenants.over("", "larder.pool.maximum-size", "1");
        LarderDataSource admin = admin(tenants)) {
      run(admin, "alter role " + tenants.user + " set app.tenant = 't0'");
      try (Connection open = larder.getConnection()) {
        run(open, "select 1");
        run(admin, "alter role " + tenants.user + " set app.tenant = 't1'");
        assertThat(rows(open, MINE)).containsExactly("of t0");
      }
      assertThat(read(larder, MINE)).isEqualTo(tenants.plain(MINE)).containsExactly("of t1");
      assertThat(warm(larder, MINE)).containsExactly("of t1");
    }
  }

  @Test
  void changedElsewhere() throws SQLException {
    try (Tenants tenants = new Tenants();
        LarderDataSource larder =
            tenants.over("", "larder.writers", "anyone", "larder.max-staleness", "300ms")) {
      tenants.database.execute("alter role " + tenants.user + " set app.tenant = 't0'");
      assertThat(read(larder, MINE)).containsExactly("of t0");
      tenants.database.execute(
          "alter role " + tenants.user + " set app.tenant = 't1'",
          "alter role " + tenants.user + " set search_path = other, public");
      until(() -> read(larder, MINE).equals(List.of("of t1")));
      until(() -> read(larder, TITLE).equals(List.of("other")));
      for (int i = 0; i < 20; i++) {
        assertThat(read(larder, MINE)).containsExactly("of t1");
        assertThat(read(larder, TITLE)).containsExactly("other");
      }
    }
  }

  @Test
  void theServersConfiguration() throws Exception {
    try (PostgresServer server = Databases.postgresServer();
        TestDatabase database = server.fresh()) {
      database.execute(
          "create table book (title text)",
          "insert into book values ('public')",
          "create schema other",
          "create table other.book (title text)",
          "insert into other.book values ('other')");
      try (LarderDataSource larder = over(database);
          Connection open = larder.getConnection()) {
        assertThat(warm(larder, TITLE)).containsExactly("public");
        run(open, "select 1");
        assertThat(rows(open, TITLE)).containsExactly("public");
        run(larder, "alter system set search_path = other");
        assertThat(read(larder, TITLE)).containsExactly("public");
        run(larder, "select pg_reload_conf()");
        until(() -> plain(database).equals(List.of("other")));
        assertThat(read(larder, TITLE)).containsExactly("other");
        assertThat(rows(open, TITLE)).containsExactly("other");
        run(open, "update book set title = 'other 2'");
        assertThat(read(larder, TITLE)).containsExactly("other 2");
        until(() -> isFromMemory(larder, TITLE));
        // Elsewhere, while somebody has a connection open.
        try (LarderDataSource watching = over(database, "anyone")) {
          assertThat(read(watching, TITLE)).containsExactly("other 2");
          database.execute("alter system reset search_path", "select pg_reload_conf()");
          until(() -> read(watching, TITLE).equals(List.of("public")));
        }
        assertThat(rows(open, TITLE)).containsExactly("public");
      }
    }
  }

  @Test
  void mariaDbsGlobalVariables() throws SQLException {
    try (TestDatabase database = Databases.mariadb();
        LarderDataSource larder = over(database);
        LarderDataSource admin = over(database)) {
      database.execute("create table n (i int)", "insert into n values (1)");
      String third = "select i / 3 from n";
      assertThat(warm(larder, third)).containsExactly("0.3333");
      try {
        run(admin, "set global div_precision_increment = 6");
        assertThat(read(larder, third)).containsExactly("0.333333");
      } finally {
        run(admin, "set global div_precision_increment = 4");
      }
      assertThat(read(larder, third)).containsExactly("0.3333");
    }
  }

  private static LarderDataSource admin(Tenants tenants) {
    return over(tenants.database);
  }

  private static LarderDataSource over(TestDatabase database) {
    return over(database, "this-jvm");
  }

  private static LarderDataSource over(TestDatabase database, String writers) {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", writers);
    settings.setProperty("larder.max-staleness", "400ms");
    return LarderDataSource.builder()
        .url(database.url())
        .username(database.username())
        .password(database.password())
        .settings(settings)
        .build();
  }

  private static List<String> plain(TestDatabase database) throws SQLException {
    try (Connection c = database.connect()) {
      return rows(c, TITLE);
    }
  }

  /** Reads until memory answers. */
  private static List<String> warm(LarderDataSource larder, String sql) throws SQLException {
    until(() -> isFromMemory(larder, sql));
    return read(larder, sql);
  }

  private static boolean isFromMemory(LarderDataSource larder, String sql) throws SQLException {
    long before = larder.statistics().hits();
    read(larder, sql);
    return larder.statistics().hits() > before;
  }

  private static void until(Callable<Boolean> condition) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    try {
      while (!condition.call()) {
        assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
        LockSupport.parkNanos(5_000_000);
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> read(LarderDataSource larder, String sql) throws SQLException {
    try (Connection c = larder.getConnection()) {
      return rows(c, sql);
    }
  }

  private static void run(LarderDataSource larder, String... statements) throws SQLException {
    try (Connection c = larder.getConnection()) {
      run(c, statements);
    }
  }

  private static void run(Connection c, String... statements) throws SQLException {
    try (Statement statement = c.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> rows(Connection c, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (PreparedStatement statement = c.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
