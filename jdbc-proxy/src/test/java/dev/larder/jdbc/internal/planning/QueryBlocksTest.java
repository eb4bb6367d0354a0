package dev.larder.jdbc.internal.planning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a query stands outside of its sub-queries. */
class QueryBlocksTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select a from t                                          | 1 | 1 | false",
        "select a from `select (` where b = 1                     | 1 | 1 | false",
        "select (select max(a) from u) from t where (a or (b))    | 1 | 1 | true",
        "select a from (select a from t) d                        | 1 | 0 | true",
        "select a from ( (select a from t)) d                     | 1 | 0 | true",
        "select extract(year from a) from t                       | 1 | 1 | false",
        "select 1 union all select a from t                       | 2 | 1 | false",
        "select a from t union select b from u                    | 2 | 2 | false",
        "(select a from t) union (select b from u)                | 0 | 0 | true",
        "select a from t where b in (select b from `)`) and c    | 1 | 1 | true",
        "select a from (t join u on t.a = u.a)                    | 1 | 0 | false",
        "select a from t where (select                            | 1 | 1 | true",
      })
  void blocks(String text, int selects, int tables, boolean hasSubQueries) {
    QueryBlocks blocks = QueryBlocks.of(text);
    assertThat(blocks.selects()).isEqualTo(selects);
    assertThat(blocks.tables()).isEqualTo(tables);
    assertThat(blocks.hasSubQueries()).isEqualTo(hasSubQueries);
  }

  @Test
  void wordsOfSubQueriesAreLeftOut() {
    assertThat(
            QueryBlocks.of("SELECT lower(a), (select max(b) from u) FROM t WHERE (c IN (1))")
                .words())
        .containsExactly("select", "lower", "a", "from", "t", "where", "c", "in", "1");
  }
}
