package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Whatever the text, the application sees what it would have seen without Larder, and neither time
 * nor memory nor threads pile up.
 */
final class HostileInputTest {

  /** Only a runaway is caught by this; the printed times are for people. */
  private static final Duration SANE = Duration.ofMinutes(1);

  private static final String DEEP_SUBQUERIES = "deep subqueries";

  private LarderDataSource larder;

  /**
   * @param reasons the reasons that explain may give; empty where the text may be cached
   */
  private record Hostile(String name, String sql, Set<BypassReason> reasons) {
    Hostile(String name, String sql, BypassReason... reasons) {
      this(name, sql, Set.of(reasons));
    }
  }

  @BeforeEach
  void aTable(TestDatabase database) {
    database.execute(
        "create table book (id int primary key, title varchar(50))",
        "insert into book values (1, 'one'), (2, 'two'), (3, 'three')");
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    settings.setProperty("larder.cache.max-bytes", "4MB");
    larder = LarderDataSource.wrap(database.dataSource(), settings);
  }

  @AfterEach
  void close() {
    larder.close();
  }

  private static List<Hostile> texts() {
    BypassReason unparseable = BypassReason.UNPARSEABLE;
    BypassReason large = BypassReason.TEXT_TOO_LARGE;
    BypassReason none = BypassReason.NOT_A_QUERY;
    BypassReason several = BypassReason.SEVERAL_STATEMENTS;
    String twoMegabytes = "x".repeat(2 << 20);
    return List.of(
        new Hostile("no SQL at all", "colourless green ideas sleep furiously", none),
        new Hostile("select of nothing known", "select from where group", unparseable),
        new Hostile("a comma too many", "select id, from book", unparseable),
        new Hostile(
            "a long literal", "select id from book where title = '" + twoMegabytes + "'", large),
        new Hostile(
            "many literals",
            "select id from book where title in ('one'"
                + (", '" + "y".repeat(18) + "'").repeat(25_000)
                + ")",
            large),
        new Hostile(
            "a long comment",
            "select /* " + "c".repeat(1 << 20) + " */ id from book where id = 1",
            large),
        new Hostile(
            "a long list",
            "select id from book where id in (1" + ", 2".repeat(50_000) + ")",
            large),
        new Hostile(
            "a list within the bound of the text",
            "select id from book where id in (" + numbers(20_000) + ")",
            large),
        new Hostile("deep CASE", "select " + cases(20) + " from book order by id"),
        new Hostile("deeper CASE", "select " + cases(60) + " from book order by id", large),
        new Hostile(
            "deep parentheses",
            "select id from book where " + "(".repeat(1_000) + "id = 1" + ")".repeat(1_000),
            large),
        new Hostile(
            DEEP_SUBQUERIES,
            "select id from "
                + "(select id from ".repeat(60)
                + "book"
                + ") s".repeat(60)
                + " order by id",
            large),
        new Hostile("parentheses without end", "select " + "(".repeat(10_000), large, unparseable),
        new Hostile("closing parentheses", "select id from book " + ")".repeat(100), unparseable),
        new Hostile("a string without end", "select id from book where title = 'one", unparseable),
        new Hostile("a name without end", "select \"id from book", unparseable),
        new Hostile("a comment without end", "select id from book /* and", unparseable),
        new Hostile("a dollar string without end", "select $a$ id from book"),
        new Hostile("NUL in a literal", "select id from book where title = 'o\0ne'"),
        new Hostile("NUL in the text", "select id\0 from book", unparseable),
        new Hostile("a lone surrogate", "select id from book where title = '\ud800'"),
        new Hostile("a byte order mark", "\ufeffselect id from book", none, unparseable),
        new Hostile("nothing", "", none),
        new Hostile("white space", " \t\n ", none),
        new Hostile("a comment only", "-- nothing", none),
        new Hostile("comments only", "/* a */ -- b\n/* c */", none),
        new Hostile("semicolons", ";;", none),
        new Hostile("a query among semicolons", ";;select id from book where id = 1;;", several),
        new Hostile("two queries", "select 1; select id from book where id = 2", several),
        new Hostile("a hint without end", "/* larder(ttl=30s */ select id from book where id = 3"),
        new Hostile(
            "a hint of nonsense", "/* larder(tag=,ttl=zz) */ select id from book where id = 3"),
        new Hostile("a parameter that nobody sets", "select id from book where id = ?"));
  }

  private static String numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(","));
  }

  private static String cases(int depth) {
    return "case when id = 1 then ".repeat(depth) + "0" + " else id end".repeat(depth);
  }

  @EachDatabase
  void everyTextDoesWhatItDoesWithoutLarder(TestDatabase database) throws SQLException {
    DataSource raw = database.dataSource();
    List<String> differences = new ArrayList<>();
    for (Hostile text : texts()) {
      if (database.product() == Product.H2 && text.name().equals(DEEP_SUBQUERIES)) {
        // H2 itself takes twice as long for each level.
        continue;
      }
      long start = System.nanoTime();
      Outcome expected = Outcome.ofText(raw, text.sql());
      Outcome expectedPrepared = Outcome.ofPrepared(raw, text.sql());
      long rawNanos = System.nanoTime() - start;
      start = System.nanoTime();
      Outcome first = Outcome.ofText(larder, text.sql());
      Outcome prepared = Outcome.ofPrepared(larder, text.sql());
      long larderNanos = System.nanoTime() - start;
      Outcome second = text.sql().length() > 1 << 20 ? first : Outcome.ofText(larder, text.sql());
      compare(text.name(), expected, first, differences);
      compare(text.name() + ", prepared", expectedPrepared, prepared, differences);
      compare(text.name() + ", again", expected, second, differences);
      Explanation explanation = larder.explain(text.sql());
      boolean explained =
          text.reasons().isEmpty()
              || (explanation.reason() != null && text.reasons().contains(explanation.reason()));
      if (!explained) {
        differences.add(text.name() + ": " + brief(explanation.toString()));
      }
      System.out.printf(
          "%s, %s: raw %d ms, through Larder %d ms; %s; %s%n",
          database.product(),
          text.name(),
          rawNanos / 1_000_000,
          larderNanos / 1_000_000,
          brief(expected.toString()),
          brief(explanation.toString()));
      assertThat(Duration.ofNanos(larderNanos - rawNanos)).as(text.name()).isLessThan(SANE);
    }
    assertThat(differences).isEmpty();
  }

  private static void compare(
      String name, Outcome expected, Outcome actual, List<String> differences) {
    // How deep a driver inside this JVM can go depends on what is compiled at that moment.
    boolean matterOfLuck =
        expected.toString().contains("StackOverflowError")
            || actual.toString().contains("StackOverflowError");
    if (!matterOfLuck && !actual.equals(expected)) {
      differences.add(name + ": expected " + expected + " but saw " + actual);
    }
  }

  private static String brief(String words) {
    return words.length() > 120 ? words.substring(0, 120) + "..." : words;
  }

  @EachDatabase(Product.H2)
  void textsThatAreNeverSeenAgainAreNotHeld(TestDatabase database) throws SQLException {
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      run(statement, "select title from book where id = 1");
      long before = heap();
      for (int i = 0; i < 300; i++) {
        run(statement, "select title from book where title <> '" + filler(i, 10_000) + "'");
      }
      for (int i = 0; i < 2_000; i++) {
        run(statement, manyAliases(i));
      }
      long held = heap() - before;
      System.out.printf(
          "Held after 2,300 texts of 10 KB: %d KB; the cache says %d KB%n",
          held >> 10, larder.statistics().bytes() >> 10);
      // Texts, their templates, and 4 MB of answers with their keys. 34 MB where keys count short.
      assertThat(held).isLessThan(26L << 20);
    }
  }

  private static String manyAliases(int i) {
    StringBuilder sql = new StringBuilder("select id from (select id");
    for (int column = 0; column < 40; column++) {
      sql.append(", id as a").append(column).append('_').append(filler(i, 240));
    }
    return sql.append(" from book) s where id = 1").toString();
  }

  private static String filler(int i, int length) {
    String number = "n" + i;
    return "f".repeat(length - number.length()) + number;
  }

  private static void run(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
    }
  }

  private static long heap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  @EachDatabase(Product.H2)
  void parserThreadsDoNotPileUp(TestDatabase database) {
    long catalogueThreads = threads("larder-catalogue");
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      int caller = i;
      Thread thread =
          new Thread(
              () -> {
                for (int j = 0; j < 20; j++) {
                  Outcome.ofText(
                      larder, "select " + cases(18) + " as c" + caller + "_" + j + " from book");
                  Outcome.ofText(larder, "select from " + caller + " where " + "(".repeat(20) + j);
                }
              });
      callers.add(thread);
      thread.start();
    }
    callers.forEach(HostileInputTest::join);
    assertThat(threads("larder-parser")).isLessThanOrEqualTo(2);
    assertThat(threads("larder-catalogue")).isLessThanOrEqualTo(catalogueThreads + 1);
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .count();
  }

  private static void join(Thread thread) {
    try {
      thread.join(60_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    assertThat(thread.isAlive()).isFalse();
  }
}
