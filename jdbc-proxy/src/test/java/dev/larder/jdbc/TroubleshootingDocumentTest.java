package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who looks up a reason finds what to do: the document has a line for each, in their order. */
class TroubleshootingDocumentTest {

  private static final String DOCUMENT = "docs/troubleshooting.md";
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| \\S");

  @Test
  void everyReasonHasARemedy() throws IOException {
    Path document = Path.of(DOCUMENT);
    String page =
        Files.readString(Files.exists(document) ? document : Path.of("..").resolve(DOCUMENT));
    Matcher rows = ROW.matcher(page);
    List<String> named = rows.results().map(row -> row.group(1)).toList();

    assertThat(named).isEqualTo(Stream.of(BypassReason.values()).map(Enum::name).toList());
  }
}
