package dev.larder.jdbc.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import dev.larder.jdbc.Statistics;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What each SHOW LARDER shows, of queries that really ran. */
final class ShowLarderTest {

  private static final String TITLE = "select title from book where id = ?";
  private static final String NOW = "select now(), title from book where id = 7001";

  private LarderDataSource larder;

  @BeforeEach
  void books(TestDatabase database) {
    database.execute(
        "create table book (id int primary key, title varchar(50))",
        "create table author (id int primary key, name varchar(50))",
        "insert into book values (7001, 'a title')",
        "insert into book values (7002, 'another')");
    larder = over(database, "larder.writers", "this-jvm");
  }

  private static LarderDataSource over(TestDatabase database, String... settings) {
    Properties all = new Properties();
    // Or it asks the server now and then, over a connection that would be counted.
    all.setProperty("larder.pool.adaptive", "off");
    for (int i = 0; i < settings.length; i += 2) {
      all.setProperty(settings[i], settings[i + 1]);
    }
    return LarderDataSource.wrap(database.dataSource(), all);
  }

  @AfterEach
  void close() {
    larder.close();
  }

  private void read(int id, int times) throws SQLException {
    for (int i = 0; i < times; i++) {
      try (Connection connection = larder.getConnection();
          PreparedStatement statement = connection.prepareStatement(TITLE)) {
        statement.setInt(1, id);
        try (ResultSet rows = statement.executeQuery()) {
          assertThat(rows.next()).isTrue();
        }
      }
    }
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Asks, and sees that nothing of it reached the database. */
  private Asked ask(String question) throws SQLException {
    Statistics before = larder.statistics();
    try (Connection connection = larder.getConnection()) {
      Asked asked = Asked.on(connection, question);
      Statistics after = larder.statistics();
      assertThat(after.statementsToDatabase()).isEqualTo(before.statementsToDatabase());
      assertThat(after.borrowedConnections()).isEqualTo(before.borrowedConnections());
      assertThat(after.hits() + after.misses()).isEqualTo(before.hits() + before.misses());
      assertThat(after.bypasses()).isEqualTo(before.bypasses());
      return asked;
    }
  }

  private Map<String, @Nullable Object> query(String part) throws SQLException {
    return ask("show larder queries").rows().stream()
        .filter(row -> String.valueOf(row.get("text")).contains(part))
        .findFirst()
        .orElseThrow();
  }

  @EachDatabase
  void statusTellsWhatWasAnswered(TestDatabase database) throws SQLException {
    assertThat(ask("SHOW LARDER STATUS").where("name", "database").get("value"))
        .isEqualTo("not reached yet");
    read(7001, 3);
    Asked status = ask("show larder status");
    assertThat(status.where("name", "hits").get("value")).isEqualTo("2");
    assertThat(status.where("name", "misses").get("value")).isEqualTo("1");
    assertThat(status.where("name", "hit_percent").get("value")).isEqualTo("66.7");
    assertThat(status.where("name", "entries").get("value")).isEqualTo("1");
    assertThat(status.where("name", "database").get("value"))
        .isEqualTo(database.product().name().toLowerCase(Locale.ROOT));
    assertThat(status.where("name", "staleness_bound").get("value"))
        .isEqualTo("none: every writer is seen");
  }

  @EachDatabase
  void queriesTellOfEachTemplate(TestDatabase database) throws SQLException {
    read(7001, 4);
    read(7002, 1);
    run(NOW);
    run(NOW);
    run("update book set title = 'changed' where id = 7001");
    read(7001, 1);
    Map<String, @Nullable Object> cached = query("where id");
    assertThat(cached)
        .containsEntry("state", "cached")
        .containsEntry("reason", null)
        .containsEntry("calls", 6L)
        .containsEntry("hits", 3L)
        .containsEntry("hit_percent", 50.0)
        .containsEntry("database_calls", 3L)
        .containsEntry("entries", 2L)
        .containsEntry("rows", 2L)
        .containsEntry("invalidations", 1L);
    assertThat(String.valueOf(cached.get("invalidated_by")))
        .containsIgnoringCase("book")
        .endsWith(" 1");
    assertThat((Double) cached.get("saved_ms")).isPositive();
    assertThat((Double) cached.get("database_p50_ms")).isPositive();
    assertThat((Double) cached.get("database_p99_ms"))
        .isGreaterThanOrEqualTo((Double) cached.get("database_p50_ms"));
    assertThat((Long) cached.get("bytes")).isPositive();
    Map<String, @Nullable Object> bypassed = query("now()");
    assertThat(bypassed)
        .containsEntry("state", "bypassed")
        .containsEntry("calls", 2L)
        .containsEntry("hits", 0L)
        .containsEntry("database_calls", 2L);
    assertThat(bypassed.get("reason")).isNotNull();
  }

  @EachDatabase
  void queriesShowNoLiteral(TestDatabase database) throws SQLException {
    for (String sql :
        List.of(
            "select title from book where title = 'top secret' and id = 918273",
            "select /* top secret */ title from book -- top secret\n where title = 'x'",
            "select title from book where title in ('it''s top secret', N'top secret')",
            "select title from book where title = '" + "top secret ".repeat(2_000) + "'")) {
      try {
        run(sql);
      } catch (SQLException refused) {
        // A product that does not know a spelling of a literal: it is shown no more for that.
      }
      try (Connection connection = larder.getConnection()) {
        assertThat(Asked.on(connection, "explain larder last").toString())
            .doesNotContain("top secret")
            .doesNotContain("918273");
        assertThat(Asked.on(connection, "explain larder " + sql).toString())
            .doesNotContain("top secret");
      }
    }
    String shown = ask("show larder queries").toString();
    assertThat(shown.replace(" ", "")).contains("title=?andid=?");
    assertThat(shown).doesNotContain("top secret").doesNotContain("918273");
  }

  @EachDatabase
  void queriesAreOrderedAndLimited(TestDatabase database) throws SQLException {
    read(7001, 20);
    for (int i = 0; i < 30; i++) {
      run(NOW);
    }
    for (int i = 0; i < 5; i++) {
      run("select name from author");
      run("insert into author values (" + i + ", 'somebody')");
    }
    assertThat(first("by saved").replace(" ", "")).contains("whereid=");
    assertThat(first("by missed")).contains("now()");
    assertThat(first("by invalidated")).contains("author");
    assertThat(ask("show larder queries limit 2").rows()).hasSize(2);
    assertThat(ask("show larder queries limit 0").rows()).isEmpty();
  }

  private String first(String order) throws SQLException {
    return String.valueOf(ask("show larder queries " + order + " limit 1").only().get("text"));
  }

  @EachDatabase
  void tablesTellWhatFollowsFromThemAndWhoChangesThem(TestDatabase database) throws SQLException {
    read(7001, 2);
    run("update book set title = 'changed' where id = 7001");
    read(7001, 1);
    larder.invalidation().table("author");
    Asked tables = ask("show larder tables");
    Map<String, @Nullable Object> book = table(tables, database, "book");
    assertThat(book)
        .containsEntry("entries", 1L)
        .containsEntry("forgotten_answers", 1L)
        .containsEntry("changes_here", 1L)
        .containsEntry("changes_by_hooks", 0L);
    assertThat((Double) book.get("last_change_ms_ago")).isPositive();
    assertThat(table(tables, database, "author"))
        .containsEntry("entries", 0L)
        .containsEntry("changes_by_hooks", 1L);
  }

  /** The ledger of a server has the tables of all of its databases. */
  private static Map<String, @Nullable Object> table(
      Asked tables, TestDatabase database, String name) {
    String schema = database.product().speaksMySql() ? database.name() : "public";
    return tables.rows().stream()
        .filter(
            row -> (schema + "." + name).equalsIgnoreCase(String.valueOf(row.get("table_name"))))
        .findFirst()
        .orElseThrow();
  }

  @EachDatabase
  void sourcesNodesAndReplicasAreEmptyWithoutAny(TestDatabase database) throws SQLException {
    read(7001, 1);
    assertThat(ask("show larder sources").rows()).isEmpty();
    assertThat(ask("show larder nodes").rows()).isEmpty();
    assertThat(ask("show larder replicas").rows()).isEmpty();
  }

  @EachDatabase(Product.POSTGRESQL)
  void sourcesTellWhetherTheyCover(TestDatabase database) throws Exception {
    larder.close();
    Properties settings = new Properties();
    settings.setProperty("larder.invalidation.postgres", "notify");
    larder =
        LarderDataSource.builder()
            .url(database.url())
            .username(database.username())
            .password(database.password())
            .settings(settings)
            .build();
    read(7001, 1);
    Map<String, @Nullable Object> source = ask("show larder sources").only();
    assertThat(String.valueOf(source.get("source"))).isNotEmpty();
    assertThat(source.get("state")).isIn("disconnected", "silent", "covering");
  }

  @EachDatabase
  void thePoolTellsItsSize(TestDatabase database) throws SQLException {
    read(7001, 1);
    Map<String, @Nullable Object> pool = ask("show larder pool").only();
    assertThat((Long) pool.get("maximum")).isPositive();
    assertThat((Long) pool.get("borrowed")).isPositive();
    assertThat(pool).containsEntry("waiting", 0L);
  }

  @EachDatabase
  void settingsAreToldWithoutSecrets(TestDatabase database) throws SQLException {
    larder.close();
    String secret = "a token that nobody may see";
    larder =
        over(
            database,
            "larder.invalidation.http.token",
            secret,
            "larder.max-staleness",
            "3s",
            "larder.audit.sample",
            "0.5");
    Asked settings = ask("show larder settings");
    assertThat(settings.rows()).hasSize(Setting.values().length);
    assertThat(settings.toString()).doesNotContain(secret);
    assertThat(settings.where("setting", "larder.invalidation.http.token"))
        .containsEntry("value", "***")
        .containsEntry("is_default", false);
    assertThat(settings.where("setting", "larder.max-staleness"))
        .containsEntry("value", "3s")
        .containsEntry("is_default", false);
    assertThat(settings.where("setting", "larder.enabled"))
        .containsEntry("value", "true")
        .containsEntry("is_default", true);
    assertThat(settings.where("setting", "larder.replicas")).containsEntry("value", "");
  }

  @EachDatabase
  void aLarderThatIsSwitchedOffAnswersToo(TestDatabase database) throws SQLException {
    larder.close();
    larder = over(database, "larder.enabled", "false");
    read(7001, 2);
    assertThat(ask("show larder status").where("name", "enabled").get("value")).isEqualTo("false");
    assertThat(query("where id"))
        .containsEntry("state", "bypassed")
        .containsEntry("reason", "DISABLED")
        .containsEntry("calls", 2L);
  }

  @EachDatabase
  void oneThatAuditsEveryHitAnswersToo(TestDatabase database) throws SQLException {
    larder.close();
    larder = over(database, "larder.writers", "this-jvm", "larder.audit.sample", "1");
    read(7001, 2);
    try (Connection connection = larder.getConnection()) {
      assertThat(Asked.on(connection, "show larder queries").toString()).contains("cached");
    }
  }

  @EachDatabase
  void whatCannotBeAskedIsASyntaxErrorThatSaysWhatCan(TestDatabase database) throws SQLException {
    read(7001, 1);
    long before = larder.statistics().statementsToDatabase();
    for (String wrong :
        List.of(
            "show larder",
            "show larder everything",
            "show larder status please",
            "show larder status; delete from book",
            "show larder queries by luck",
            "show larder queries limit many",
            "explain larder",
            "explain larder ;")) {
      try (Connection connection = larder.getConnection();
          Statement statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.executeQuery(wrong))
            .as(wrong)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42601"))
            .hasMessageContaining("QUERIES [BY SAVED | MISSED | INVALIDATED] [LIMIT n]")
            .hasMessageContaining("EXPLAIN LARDER LAST");
      }
    }
    assertThat(larder.statistics().statementsToDatabase()).isEqualTo(before);
    read(7001, 1);
  }
}
