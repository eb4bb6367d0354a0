package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.KeptAnswers;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Symptom: {@code select place, number from t} was refused as unparseable, and so was every query
 * that named a column {@code uuid}, {@code prior} or {@code force}, or a table {@code settings}:
 * the parser takes such words for types, or for syntax of its own.
 *
 * <p>Each name that the product takes unquoted for a column or a table is asked for.
 */
class WordsOfTheParserTest {

  private static final List<String> OF_THE_PARSER =
      words(
          "number uuid int integer bigint decimal numeric float double precision real bool blob"
              + " enum varchar float8 int8 prior force returns unknown sample settings errors final"
              + " import verify pivot csv");

  /** Other names that are frequent; one grammar reads them for all products. */
  private static final List<String> OTHERS =
      words(
          "date value key type level position count index path first last rank row text timestamp"
              + " user name status state code title comment year day time start end language"
              + " version action mode role owner password email region location data content body"
              + " label size price amount quantity total sum max min percent account category class"
              + " source target parent session hash priority sequence interval enabled active"
              + " locked domain port url link image file filter rows next previous values message"
              + " result event log note tags json xml uid bytes bit char share view global");

  private static final List<String> QUERIES =
      List.of(
          "select id, # from t where # = 1 order by #, id",
          "select t.#, max(#), coalesce(min(t.#), 0) + 1 as # from t"
              + " where not # = 9 group by t.# having t.# > 0",
          "select case when a.# = 1 then b.# else 2 end from t a join t b on a.# = b.# and a.id <"
              + " 3");

  private static final List<String> TABLES =
      List.of(
          "settings", "errors", "sample", "uuid", "number", "final", "import", "users", "pivot");

  private static final List<String> QUERIES_OF_TABLES =
      List.of(
          "select id from #",
          "select #.id from # where #.id = 1",
          "select a.id from t a join # b on a.id = b.id",
          "select a.id from t a, # b where a.id = b.id");

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }

  private static String quoted(Product product, String name) {
    return switch (product) {
      case POSTGRESQL -> '"' + name + '"';
      case H2 -> '"' + name.toUpperCase(Locale.ROOT) + '"';
      case MARIADB, MYSQL -> '`' + name + '`';
    };
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void namesOfColumns(Product product) throws SQLException {
    try (TestDatabase database = Databases.fresh(product)) {
      List<String> names = new ArrayList<>(OF_THE_PARSER);
      if (product == Product.H2) {
        names.addAll(OTHERS);
      }
      List<String> columns = names.stream().map(each -> quoted(product, each)).toList();
      database.execute(
          columns.stream()
              .collect(Collectors.joining(" int, ", "create table t (id int, ", " int)")),
          "insert into t values (1" + ", 1".repeat(columns.size()) + ")",
          "insert into t values (2" + ", 2".repeat(columns.size()) + ")");
      String write =
          columns.stream()
              .map(each -> each + " = " + each + " + 1")
              .collect(Collectors.joining(", ", "update t set ", ""));
      areCached(database, texts(QUERIES, names), List.of(write));
    }
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void namesOfTables(Product product) throws SQLException {
    try (TestDatabase database = Databases.fresh(product)) {
      database.execute("create table t (id int)", "insert into t values (1), (2)");
      List<String> writes = new ArrayList<>();
      for (String table : TABLES) {
        String name = quoted(product, table);
        database.execute(
            "create table " + name + " (id int)", "insert into " + name + " values (1)");
        writes.add("insert into " + name + " values (1)");
      }
      areCached(database, texts(QUERIES_OF_TABLES, TABLES), writes);
    }
  }

  private static List<String> texts(List<String> queries, List<String> names) {
    return names.stream()
        .flatMap(name -> queries.stream().map(query -> query.replace("#", name)))
        .toList();
  }

  /** Those that the product itself takes are, and follow what is written. */
  private static void areCached(TestDatabase database, List<String> texts, List<String> writes)
      throws SQLException {
    try (Connection plain = database.connect();
        LarderDataSource larder = KeptAnswers.over(database)) {
      Map<String, String> before = new LinkedHashMap<>();
      for (String text : texts) {
        String outcome = Compared.outcome(plain, text);
        if (outcome.endsWith(";")) {
          before.put(text, outcome);
        }
      }
      assertThat(before).hasSizeGreaterThan(texts.size() / 3);
      SoftAssertions every = new SoftAssertions();
      before.forEach(
          (text, outcome) -> {
            // A text that is not understood says nothing of what its connection is from then on.
            every.assertThat(outcome(larder, text)).as(text).isEqualTo(outcome);
            long hits = larder.statistics().hits();
            outcome(larder, text);
            every.assertThat(larder.statistics().hits()).as("hits of " + text).isEqualTo(hits + 1);
          });
      every.assertAll();
      try (Connection connection = larder.getConnection();
          Statement statement = connection.createStatement()) {
        for (String write : writes) {
          statement.execute(write);
        }
      }
      before.forEach(
          (text, outcome) ->
              assertThat(outcome(larder, text))
                  .as(text)
                  .isEqualTo(Compared.outcome(plain, text))
                  .isNotEqualTo(outcome));
    }
  }

  private static String outcome(LarderDataSource larder, String text) {
    try (Connection connection = larder.getConnection()) {
      return Compared.outcome(connection, text);
    } catch (SQLException failure) {
      return failure.getSQLState();
    }
  }
}
