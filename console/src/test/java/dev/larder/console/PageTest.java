package dev.larder.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page: small, of this process alone, and with nothing in it that a policy would refuse. */
final class PageTest {

  private static final int MOST_BYTES = 200 * 1024;
  private static final List<String> OWN =
      List.of("/", "/console.css", "/console.js", "/charts.js", "/icon.svg", "/remedies.json");
  private static final List<String> LIBRARY = List.of("/uplot.js", "/uplot.css");

  private static Map<String, String> files() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (TestDatabase database = Databases.h2();
        ShownDataSource shown = ShownDataSource.over(database)) {
      for (String path : Stream.concat(OWN.stream(), LIBRARY.stream()).toList()) {
        ShownDataSource.Answer answer = shown.get(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        files.put(path, answer.body());
      }
    }
    return files;
  }

  @Test
  void theWholePageIsSmall() throws IOException {
    int bytes = 0;
    for (String file : files().values()) {
      bytes += file.getBytes(StandardCharsets.UTF_8).length;
    }
    assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES);
  }

  @Test
  void nothingLeadsElsewhere() throws IOException {
    Map<String, String> files = files();
    for (String own : OWN) {
      String text = files.getOrDefault(own, "").replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
      assertThat(text).as(own).doesNotContain("://").matches("\\p{ASCII}*");
      assertThat(
              Pattern.compile("(src|href)=\"(?![/#][^/])|url\\(|@import|eval\\(")
                  .matcher(text)
                  .find())
          .as(own)
          .isFalse();
    }
    String library = files.getOrDefault("/uplot.js", "").replaceAll("(?s)/\\*.*?\\*/", "");
    assertThat(library + files.get("/uplot.css")).doesNotContain("://", "fetch(", "XMLHttpRequest");
    String page = files.get("/");
    assertThat(
            Pattern.compile("<script(?![^>]* src=)|<style| style=| on[a-z]+=").matcher(page).find())
        .as("script or style in the page itself")
        .isFalse();
    assertThat(page).contains("<html lang=\"en\">", "width=device-width", "aria-live=\"polite\"");
    assertThat(files.get("/console.css"))
        .contains("prefers-color-scheme: dark", ":focus-visible", "max-width: 720px");
  }

  /** As docs/troubleshooting.md says it, so that there is one answer. */
  @Test
  void eachReasonHasItsRemedy() throws IOException {
    Path document = Path.of("docs/troubleshooting.md");
    String page =
        Files.readString(Files.exists(document) ? document : Path.of("..").resolve(document));
    String expected =
        Stream.of(BypassReason.values())
            .map(reason -> "  \"" + reason + "\": \"" + remedy(page, reason) + "\"")
            .reduce((one, next) -> one + ",\n" + next)
            .map(all -> "{\n" + all + "\n}\n")
            .orElseThrow();

    assertThat(files().get("/remedies.json")).isEqualTo(expected);
  }

  private static String remedy(String page, BypassReason reason) {
    String start = "| `" + reason + "` | ";
    String row =
        page.lines().filter(line -> line.startsWith(start)).findFirst().orElse(start + "? |");
    return row.substring(start.length(), row.length() - 2)
        .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
        .replace("`", "");
  }
}
