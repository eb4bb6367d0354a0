package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A module is published or not, and everything that lists the ones or the others agrees. */
final class PublishedModulesTest {

  private static final Path PROJECT =
      Path.of(Files.exists(Path.of("docs/architecture.md")) ? "" : "..");
  private static final Pattern ARTIFACT =
      Pattern.compile("<artifactId>(larder-[^<]+)</artifactId>");

  @Test
  void whatIsNotPublishedIsNotStaged() throws IOException {
    TreeSet<String> excluded = all("<excludeArtifact>([^<]+)</excludeArtifact>", read("pom.xml"));
    TreeSet<String> unpublished = new TreeSet<>(modules(false).values());
    unpublished.add("larder-parent");

    assertThat(excluded).isEqualTo(unpublished);
  }

  @Test
  void whatIsPublishedIsInTheBomAndInEachCheckOfARelease() throws IOException {
    TreeMap<String, String> published = modules(true);
    assertThat(listed(".ci/reproducible")).isEqualTo(new TreeSet<>(published.keySet()));
    assertThat(listed("consumer/run")).isEqualTo(new TreeSet<>(published.keySet()));

    TreeSet<String> inBom = all(ARTIFACT.pattern(), read("bom/pom.xml"));
    inBom.remove("larder-parent");
    assertThat(inBom).isEqualTo(new TreeSet<>(published.values()));
  }

  private static TreeSet<String> listed(String script) throws IOException {
    String list = all("(?m)^published=(.+)$", read(script)).first();
    return new TreeSet<>(Stream.of(list.split(",")).toList());
  }

  /** Folder and artifact of those that are published, or of those that are not. */
  private static TreeMap<String, String> modules(boolean published) throws IOException {
    TreeMap<String, String> modules = new TreeMap<>();
    for (String module : all("<module>([^<]+)</module>", read("pom.xml"))) {
      String pom = read(module + "/pom.xml");
      String own = pom.replaceFirst("(?s)<parent>.*?</parent>", "");
      if (pom.contains("<larder.unpublished>true</larder.unpublished>") != published) {
        modules.put(module, ARTIFACT.matcher(own).results().findFirst().orElseThrow().group(1));
      }
    }
    return modules;
  }

  private static TreeSet<String> all(String pattern, String text) {
    TreeSet<String> found = new TreeSet<>();
    Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(PublishedModulesTest::first)
        .forEach(found::add);
    return found;
  }

  private static String first(MatchResult match) {
    return match.group(1);
  }

  private static String read(String file) throws IOException {
    return Files.readString(PROJECT.resolve(file));
  }
}
