package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table in the document is the enum's; on a mismatch the failure shows the table to paste. */
class ConfigurationDocumentTest {
  private static final String DOCUMENT = "docs/configuration.md";
  private static final String HEADING = "| setting | default | allowed | meaning |";

  @Test
  void theTableOfSettingsIsTheListOfSettings() throws IOException {
    List<String> lines = Files.readAllLines(document());
    int start = lines.indexOf(HEADING);
    assertThat(start).as(HEADING + " in " + DOCUMENT).isNotNegative();
    List<String> table =
        lines.subList(start, lines.size()).stream()
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    assertThat(String.join("\n", table)).isEqualTo(String.join("\n", expected()));
  }

  private static List<String> expected() {
    return Stream.concat(
            Stream.of(HEADING, "| --- | --- | --- | --- |"),
            Stream.of(Setting.values())
                .map(
                    setting ->
                        "| `%s` | %s | %s | %s |"
                            .formatted(
                                setting.property(),
                                setting.defaultValue().isEmpty()
                                    ? "empty"
                                    : "`" + setting.defaultValue() + "`",
                                setting.allowed(),
                                setting.description())))
        .toList();
  }

  /** Tests run in the module's directory under Maven, in the project's under some editors. */
  private static Path document() {
    Path here = Path.of(DOCUMENT);
    return Files.exists(here) ? here : Path.of("..").resolve(DOCUMENT);
  }
}
