package dev.larder.jdbc.internal.analysis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.product.ProductUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of texts beside this test: a line of SQL, then a line {@code = products: names} for
 * each reading of it. A text that begins with {@code body:} is a routine's body.
 */
class TableReferenceScannerTest {

  record Row(ProductUnderTest product, String text, String names) {
    @Override
    public String toString() {
      return product + ": " + text;
    }
  }

  static List<Row> rows() {
    try (InputStream in =
        requireNonNull(TableReferenceScannerTest.class.getResourceAsStream("scanned-names.txt"))) {
      List<Row> rows = new ArrayList<>();
      String text = "";
      for (String line : new String(in.readAllBytes(), UTF_8).split("\n")) {
        if (line.startsWith("= ")) {
          int colon = line.indexOf(':');
          String names = line.substring(colon + 1).strip();
          for (ProductUnderTest product : products(line.substring(2, colon))) {
            rows.add(new Row(product, text, names));
          }
        } else if (!line.isEmpty() && !line.startsWith("#")) {
          text = line;
        }
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<ProductUnderTest> products(String names) {
    return names.equals("all")
        ? List.of(ProductUnderTest.values())
        : Arrays.stream(names.split(" "))
            .map(name -> ProductUnderTest.valueOf(name.toUpperCase(Locale.ROOT)))
            .toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void namesAreAsTheTableSays(Row row) throws Lexer.Failure {
    assertThat(ScannedText.of(row.product().syntax(), row.text())).isEqualTo(row.names());
  }

  @Test
  void everyTextIsReadInTheWayOfEveryProduct() {
    Stream<String> texts = rows().stream().map(Row::text).distinct();
    assertThat(texts)
        .allSatisfy(
            text ->
                assertThat(rows().stream().filter(row -> row.text().equals(text)))
                    .extracting(Row::product)
                    .containsExactlyInAnyOrder(ProductUnderTest.values()));
  }
}
