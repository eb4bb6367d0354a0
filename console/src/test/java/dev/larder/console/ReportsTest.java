package dev.larder.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.console.ShownDataSource.Answer;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.util.json.JSONStringSource;

/** What is told of a data source: as SHOW LARDER tells it, and no value of the application's. */
final class ReportsTest {

  private static final List<String> TOPICS =
      List.of("status", "queries", "tables", "sources", "nodes", "pool", "replicas", "settings");
  private static final Pattern MEMBER = Pattern.compile("\"([a-z_0-9]+)\":");

  private static void books(TestDatabase database) {
    database.execute(
        "create table book (id int primary key, title varchar(50))",
        "insert into book values (1, 'one')",
        "insert into book values (2, 'two')");
  }

  private static void isJson(String text) {
    assertThat(JSONStringSource.normalize(text)).isNotEmpty();
  }

  private static List<String> columns(ShownDataSource shown, String topic) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = shown.larder.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("show larder " + topic)) {
      for (int i = 1; rows.next() && i <= rows.getMetaData().getColumnCount(); i++) {
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          names.add(rows.getMetaData().getColumnName(column));
        }
        break;
      }
    }
    return names;
  }

  @EachDatabase
  void eachReportIsThatOfShowLarder(TestDatabase database) throws Exception {
    books(database);
    try (ShownDataSource shown = ShownDataSource.over(database)) {
      for (int i = 0; i < 3; i++) {
        assertThat(shown.read("select title from book where id = ?", 1)).isEqualTo("one");
      }
      assertThat(shown.read("select title from book where title = 'two'")).isEqualTo("two");
      for (String topic : TOPICS) {
        Answer answer = shown.get("/api/show/" + topic);
        assertThat(answer.status()).as(topic).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        isJson(answer.body());
        List<String> columns = columns(shown, topic);
        String first = answer.body().replaceFirst("(?s)\\},\\{.*", "");
        List<String> members =
            MEMBER.matcher(first).results().map(found -> found.group(1)).toList();
        assertThat(members).as(topic).isEqualTo(columns);
      }
      assertThat(shown.get("/api/show/status").body())
          .contains("{\"name\":\"hits\",\"value\":\"2\",")
          .contains("\"name\":\"instance\"", ProcessHandle.current().pid() + "@");
      assertThat(shown.get("/api/show/queries?by=missed&limit=1").body())
          .contains("\"calls\"")
          .doesNotContain("},{");
      assertThat(shown.get("/api/show/queries?by=saved&limit=20").body())
          .contains("\"hits\":2,", "\"state\":\"cached\"");
    }
  }

  @EachDatabase
  void noValueOfTheApplicationIsShown(TestDatabase database) throws Exception {
    books(database);
    try (ShownDataSource shown = ShownDataSource.over(database)) {
      for (int i = 0; i < 2; i++) {
        shown.read("select id from book where title = 'hiddenliteral'");
        shown.read("select id from book where title = ? /* hiddencomment */", "hiddenvalue");
        shown.read("select id from book where title = 'hiddenliteral' for update");
      }
      StringBuilder all = new StringBuilder();
      for (String topic : TOPICS) {
        all.append(shown.get("/api/show/" + topic).body());
      }
      all.append(shown.get("/api/history").body()).append(shown.get("/api/reasons").body());
      assertThat(all).contains("from book where title").doesNotContain("hidden", shown.token);
      String password = database.password();
      if (password != null && password.length() > 3) {
        assertThat(all).doesNotContain("\"" + password);
      }
      assertThat(shown.get("/api/reasons").body())
          .isEqualTo("[{\"reason\":\"LOCKING_CLAUSE\",\"queries\":2}]");
    }
  }

  @EachDatabase
  void theLastMinutesAreRemembered(TestDatabase database) throws Exception {
    books(database);
    try (ShownDataSource shown = ShownDataSource.over(database)) {
      for (int i = 0; i < 4; i++) {
        shown.read("select title from book where id = 1");
      }
      long deadline = System.nanoTime() + 60_000_000_000L;
      while (!last(shown, "hits").equals("3")) {
        assertThat(System.nanoTime() - deadline).as("a sample was taken").isNegative();
        LockSupport.parkNanos(100_000_000);
      }
      assertThat(last(shown, "misses")).isEqualTo("1");
      assertThat(Long.parseLong(last(shown, "bytes"))).isPositive();
    }
  }

  private static String last(ShownDataSource shown, String figure) throws IOException {
    String history = shown.get("/api/history").body();
    isJson(history);
    Matcher values = Pattern.compile("\"" + figure + "\":\\[(?:\\d+,)*(\\d*)\\]").matcher(history);
    assertThat(values.find()).as(history).isTrue();
    return values.group(1);
  }

  @EachDatabase
  void whatCannotBeShownIsSaid(TestDatabase database) throws Exception {
    try (ShownDataSource shown = ShownDataSource.over(database)) {
      for (String wrong :
          List.of(
              "nothing",
              "status%20queries",
              "queries?by=weight",
              "queries?limit=-1",
              "queries?limit=1&by=saved",
              "status?by=saved",
              "",
              "../status")) {
        assertThat(shown.get("/api/show/" + wrong).status()).as(wrong).isIn(400, 404);
      }
    }
  }
}
