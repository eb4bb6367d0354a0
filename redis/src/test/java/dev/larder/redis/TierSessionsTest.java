package dev.larder.redis;

import static dev.larder.jdbc.internal.source.Elsewhere.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.TierNodes.Node;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which sessions may use what other nodes have read, and which may give it. */
final class TierSessionsTest {

  private final TestDatabase database = Databases.postgres();
  private TierNodes all;
  private Node one;
  private Node other;

  @BeforeEach
  void begin() throws Exception {
    all = TierNodes.over(database, 2);
    one = all.nodes.get(0);
    other = all.nodes.get(1);
  }

  @AfterEach
  void end() throws Exception {
    all.close();
    database.close();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Row security looks at a setting, so who has set another never gets the same answer. */
  @Test
  void rowsOfAnotherTenantAreNotShared() throws Exception {
    database.execute(
        "create table note (id int primary key, tenant text, body text)",
        "insert into note values (1, 'a', 'of a'), (2, 'b', 'of b')",
        "alter table note enable row level security",
        "alter table note force row level security",
        "create policy own on note using (tenant = current_setting('app.tenant', true))",
        "create role reader",
        "grant select on note to reader");
    String sql = "select string_agg(body, ',') /* from book */ from note where id < ?";
    until(
        "answers go from node to node",
        () -> {
          for (Node node : all.nodes) {
            for (String tenant : new String[] {"a", "b"}) {
              node.forget();
              assertThat(asTenant(node, tenant, sql)).isEqualTo("of " + tenant);
            }
          }
          return one.count("hit") > 3 && other.count("hit") > 3;
        });
  }

  private static String asTenant(Node node, String tenant, String sql) throws SQLException {
    try (Connection connection = node.dataSource().getConnection()) {
      execute(connection, "set role reader");
      execute(connection, "set app.tenant = '" + tenant + "'");
      return TierNodes.read(connection, sql, 10);
    }
  }

  @Test
  void whatATransactionHasWrittenNeverGoesToOthers() throws Exception {
    long stored = one.count("stored");
    try (Connection connection = one.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      execute(connection, "update book set title = 'unseen' where id = 1");
      assertThat(TierNodes.read(connection, TierNodes.TITLE, 1)).isEqualTo("unseen");
      assertThat(TierNodes.read(connection, TierNodes.TITLE, 2)).isEqualTo("w0");
      assertThat(other.title(1)).isEqualTo("v0");
      assertThat(other.title(2)).isEqualTo("w0");
      connection.rollback();
    }
    assertThat(one.title(1)).isEqualTo("v0");
    assertThat(one.count("stored")).isLessThanOrEqualTo(stored + 1);
  }

  /** What it reads is as old as its snapshot, whatever this node has heard by now. */
  @Test
  void aSnapshotNeitherGivesNorTakes() throws Exception {
    one.kept(1);
    try (Connection connection = other.dataSource().getConnection()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      long stored = other.count("stored");
      assertThat(TierNodes.read(connection, TierNodes.TITLE, 2)).isEqualTo("w0");
      one.write("update book set title = 'v1' where id = 1");
      assertThat(TierNodes.read(connection, TierNodes.TITLE, 1)).isEqualTo("v0");
      assertThat(TierNodes.read(connection, TierNodes.TITLE, 3)).isEqualTo("x0");
      assertThat(other.count("stored")).isEqualTo(stored);
      assertThat(other.count("hit")).isZero();
      connection.rollback();
    }
    until("it reads what is now", () -> other.title(1).equals("v1"));
  }

  @Test
  void aChangeOfDefinitionsEndsEverything() throws Exception {
    one.kept(1);
    one.write("alter table book add column extra int default 7");
    assertThat(other.read("select extra from book where id = ?", 1)).isEqualTo("7");
    assertThat(other.title(1)).isEqualTo("v0");
    assertThat(other.count("hit")).isZero();
  }

  /** Every kind of value that goes there comes back as it was. */
  @Test
  void valuesComeBackAsTheyWere() throws Exception {
    database.execute(
        "create table kinds (id int primary key, small smallint, big bigint, yes boolean,"
            + " price numeric(12,2), ratio float8, less float4, name text, code char(5),"
            + " data bytea, day date, at timestamp, zoned timestamptz, tag uuid, huge numeric)",
        "insert into kinds values (1, -3, 9000000000, true, 12.50, 1.5e300, 2.25, 'na\u00efve"
            + " \u2603', 'ab', '\\x00ff10', '2024-02-29', '2024-02-29 12:34:56.789', '2024-02-29"
            + " 12:34:56.789+02', '123e4567-e89b-12d3-a456-426614174000',"
            + " 123456789012345678901234567890.123), (2, null, null, null, null, null, null, null,"
            + " null, null, null, null, null, null, null)");
    String sql = "select * from kinds where id <= ? /* from book */ order by id";
    String rows = RowsAsText.of(one, sql, 2);
    for (int i = 0; i < 12; i++) {
      one.forget();
      other.forget();
      assertThat(RowsAsText.of(i % 2 == 0 ? other : one, sql, 2)).isEqualTo(rows);
      long stored = one.count("stored") + other.count("stored");
      until("it goes there", () -> stored > 0);
    }
    until(
        "it comes from there",
        () -> {
          one.forget();
          other.forget();
          assertThat(RowsAsText.of(other, sql, 2)).isEqualTo(rows);
          assertThat(RowsAsText.of(one, sql, 2)).isEqualTo(rows);
          return one.count("hit") > 0 && other.count("hit") > 0;
        });
  }
}
