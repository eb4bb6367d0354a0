package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class ServersTest {

  @Test
  void sharedPostgresHasTheSettingsThatTestsNeed() throws SQLException {
    try (TestDatabase database = Databases.postgres()) {
      assertThat(show(database, "server_version_num"))
          .startsWith(Integer.toString(Databases.postgresMajor()));
      assertThat(show(database, "wal_level")).isEqualTo("logical");
      assertThat(show(database, "max_prepared_transactions")).isEqualTo("20");
      assertThat(show(database, "max_connections")).isEqualTo("200");
      assertThat(show(database, "synchronous_commit")).isEqualTo("on");
      assertThat(show(database, "fsync")).isEqualTo("off");
    }
  }

  @Test
  void ownPostgresKeepsItsDataThroughACrash() throws SQLException {
    Path data;
    try (PostgresServer server = Databases.postgresServer(Map.of("work_mem", "1MB"))) {
      data = server.dataDirectory();
      TestDatabase database = server.fresh();
      assertThat(show(database, "work_mem")).isEqualTo("1MB");
      database.execute("CREATE TABLE book (id INT)", "INSERT INTO book VALUES (1)");
      server.kill();
      assertThat(server.running()).isFalse();
      assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
      server.restart();
      database.execute("SELECT 1 / count(*) FROM book");
      server.kill();
    }
    assertThat(Files.exists(data)).isFalse();
  }

  @Test
  void dropsAPostgresDatabaseThatIsHeldOpen() throws SQLException {
    TestDatabase database = Databases.postgres();
    database.execute(
        "CREATE TABLE book (id INT)",
        "SELECT pg_create_logical_replication_slot('held_' || current_database(), 'pgoutput')",
        "BEGIN; INSERT INTO book VALUES (1); PREPARE TRANSACTION 'held'");
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      database.close();
      assertThat(connection.isValid(1)).isFalse();
    }
    assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL, Product.H2})
  void closesTwice(TestDatabase database) {
    database.close();
  }

  @Test
  void redisAnswers() throws IOException {
    Databases.redis().checkAnswers();
  }

  @Test
  void aServerThatCannotStartSkipsItsTestsWithTheReason() {
    AtomicInteger starts = new AtomicInteger();
    Shared<String> server =
        new Shared<>(
            "An imaginary server",
            Shared.Otherwise.SKIP,
            () -> {
              starts.incrementAndGet();
              throw new IOException("status 127: libimaginary.so is missing");
            });
    for (int test = 0; test < 2; test++) {
      assertThatThrownBy(server::get)
          .isInstanceOf(TestAbortedException.class)
          .hasMessage(
              "An imaginary server cannot start here: status 127: libimaginary.so is missing");
    }
    assertThat(starts).hasValue(1);
  }

  @Test
  void aServerThatMustStartFailsItsTests() {
    Shared<String> server =
        new Shared<>(
            "An imaginary server",
            Shared.Otherwise.FAIL,
            () -> {
              throw new IOException("status 127");
            });
    assertThatThrownBy(server::get).isInstanceOf(IllegalStateException.class);
  }

  private static String show(TestDatabase database, String setting) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW " + setting)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
