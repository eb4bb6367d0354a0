package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The document names every setting and its default, and no other. */
class SettingsDocumentTest {

  @Test
  void theTableIsTheEnum() throws Exception {
    Path folder = Path.of("").toAbsolutePath();
    Path document = folder.resolve("docs/hibernate.md");
    String text =
        Files.readString(
            Files.exists(document) ? document : folder.resolve("../docs/hibernate.md"));
    String[] rows =
        Arrays.stream(CacheSetting.values())
            .map(
                setting ->
                    "| `"
                        + setting.property()
                        + "` | "
                        + (setting.defaultValue() == null
                            ? "none"
                            : "`" + setting.defaultValue() + "`")
                        + " |")
            .toArray(String[]::new);
    assertThat(text).contains(rows);
    assertThat(text.lines().filter(line -> line.startsWith("| `hibernate.larder.")))
        .hasSize(rows.length);
  }
}
