package dev.larder.jdbc.internal.analysis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.product.ProductUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables of statements beside this test: a line of SQL (\n, \r and \t as escapes), then a line
 * {@code = facts} for each statement in it.
 */
class FactsTableTest {

  record Row(ProductUnderTest dialect, String sql, List<String> facts) {
    @Override
    public String toString() {
      return dialect + ": " + sql;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
            ProductUnderTest.POSTGRESQL,
            ProductUnderTest.MARIADB,
            ProductUnderTest.MYSQL,
            ProductUnderTest.H2,
            ProductUnderTest.OTHER)
        .flatMap(dialect -> rows(dialect).stream());
  }

  static List<Row> rows(ProductUnderTest dialect) {
    String file = dialect.name().toLowerCase(java.util.Locale.ROOT) + ".txt";
    try (InputStream in = requireNonNull(FactsTableTest.class.getResourceAsStream(file), file)) {
      List<Row> rows = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), UTF_8).split("\n")) {
        if (line.startsWith("= ")) {
          rows.get(rows.size() - 1).facts().add(line.substring(2));
        } else {
          rows.add(new Row(dialect, unescaped(line), new ArrayList<>()));
        }
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unescaped(String line) {
    return line.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void factsAreAsTheTableSays(Row row) {
    Analysis analysis = row.dialect().analyzer().analyze(row.sql());
    assertThat(analysis.statements().stream().map(FactsText::of)).isEqualTo(row.facts());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aSpaceAndACommentAtEitherEndChangeNothing(Row row) {
    SqlAnalyzer analyzer = row.dialect().analyzer();
    Analysis plain = analyzer.analyze(row.sql());
    Analysis dressed = analyzer.analyze(" /* a */\n" + row.sql() + "\n /* b */ ");
    assertThat(dressed.statements()).isEqualTo(plain.statements());
    assertThat(dressed.literals()).isEqualTo(plain.literals());
  }
}
