package dev.larder.jdbc.internal.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.analysis.Facts.Kind;
import dev.larder.jdbc.internal.product.ProductUnderTest;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Texts nobody would write. Replay with {@code -Dlarder.test.seed=}. */
class RandomTextTest {

  private static final List<String> WORDS =
      List.of(
          "select",
          "from",
          "where",
          "t",
          "u",
          "a",
          "b",
          "(",
          ")",
          ",",
          "'x'",
          "1",
          "?",
          "=",
          "with",
          "as",
          "insert",
          "into",
          "values",
          "update",
          "set",
          "delete",
          "merge",
          "using",
          "join",
          "on",
          "union",
          "all",
          "order",
          "by",
          "group",
          "having",
          "limit",
          "for",
          "share",
          "f(",
          "case",
          "when",
          "then",
          "end",
          "\"q\"",
          ".",
          "*",
          ";",
          "lateral",
          "only",
          "table",
          "returning",
          "exists",
          "in",
          "not",
          "null",
          "distinct",
          "over",
          "window",
          "replace",
          "truncate",
          "begin",
          "commit",
          "recursive",
          "materialized",
          "values (",
          "-",
          "::",
          "[",
          "]",
          "{",
          "}",
          "-- c\n",
          "/* c */",
          "explain",
          "create",
          "temp",
          "$1",
          "@x",
          "do",
          "conflict",
          "key",
          "nothing",
          "matched",
          "rows",
          "final",
          "apply",
          "natural",
          "cross",
          "fetch",
          "offset",
          "grouping",
          "sets",
          "array",
          "cast",
          "extract",
          "interval",
          "collate",
          "filter",
          "within",
          "is");

  private static final List<String> CHANGES =
      List.of(
          "delete from victim where a = 1",
          "update victim set a = 1",
          "insert into victim values (1)",
          "insert into victim (a) select 1",
          "merge into victim using u on a = b when matched then delete");

  /** Words that take what follows for a name or a part of their own clause. */
  private static final Set<String> ABSORBING =
      Set.of("as", ".", "for", "key", "on", "do", "then", "@x", "::");

  private static String soup(Random random, int length) {
    StringBuilder sql = new StringBuilder(random.nextInt(3) == 0 ? "" : "select ");
    for (int i = 0; i < length; i++) {
      sql.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
    }
    return sql.toString();
  }

  @ParameterizedTest
  @EnumSource(ProductUnderTest.class)
  void neverThrows(ProductUnderTest dialect) {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    Random random = new Random(seed);
    SqlAnalyzer analyzer = dialect.analyzer();
    List<FactsTableTest.Row> rows = FactsTableTest.rows(dialect);
    String noise = "'\"`$-/*#\\;().,?:@ \n\0\u0001éxE&U!";
    for (int i = 0; i < 500; i++) {
      StringBuilder sql = new StringBuilder();
      if (i % 3 == 0) {
        sql.append(soup(random, random.nextInt(30)));
      } else {
        sql.append(rows.get(random.nextInt(rows.size())).sql());
        for (int k = random.nextInt(4); k >= 0; k--) {
          int at = random.nextInt(sql.length() + 1);
          if (random.nextBoolean()) {
            sql.insert(at, noise.charAt(random.nextInt(noise.length())));
          } else {
            sql.delete(at, Math.min(sql.length(), at + random.nextInt(5)));
          }
        }
      }
      Analysis analysis = analyzer.analyze(sql.toString());
      assertThat(analysis.template()).as("seed %d: %s", seed, sql).isNotNull();
      assertThat(analyzer.bodyOf(sql.toString())).as("seed %d: %s", seed, sql).isNotNull();
      assertThat(analyzer.analyze(sql.toString())).as("seed %d: %s", seed, sql).isEqualTo(analysis);
    }
  }

  @ParameterizedTest
  @EnumSource(ProductUnderTest.class)
  void aChangeIsNeverAHarmlessQuery(ProductUnderTest dialect) {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    Random random = new Random(seed);
    SqlAnalyzer analyzer = dialect.analyzer();
    for (int i = 0; i < 1_000; i++) {
      String before = soup(random, random.nextInt(12));
      String[] words = before.replace("-- c\n", "").replace("/* c */", "").strip().split(" +");
      if (ABSORBING.contains(words[words.length - 1])) {
        continue;
      }
      String change = CHANGES.get(random.nextInt(CHANGES.size()));
      String sql = before + " " + change + " " + soup(random, random.nextInt(6));
      List<Facts> statements = analyzer.analyze(sql).statements();
      boolean seen =
          statements.stream()
              .anyMatch(facts -> facts.kind() != Kind.QUERY || !facts.writes().isEmpty());
      assertThat(seen).as("seed %d: %s\n%s", seed, sql, statements).isTrue();
      assertThat(
              statements.stream()
                  .filter(facts -> facts.kind() == Kind.QUERY && !facts.writes().isEmpty()))
          .as("seed %d: %s", seed, sql)
          .allMatch(facts -> facts.obstacles().toString().contains("MODIFIES_DATA"));
    }
  }
}
