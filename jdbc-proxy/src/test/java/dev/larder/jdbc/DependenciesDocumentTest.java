package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What users get with a module, and what it can work with, is in the document with its licence. */
final class DependenciesDocumentTest {

  private static final List<String> PUBLISHED =
      List.of(
          "invalidation",
          "jdbc-proxy",
          "redis",
          "console",
          "hibernate-l2",
          "spring-boot/core",
          "spring-boot/starter",
          "spring-boot/starter-3");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^:`]+:[^`]+)` \\| [^|]*\\w");
  private static final Pattern OF_ANOTHER =
      Pattern.compile("(?m)^\\| `([^`]+)` \\| [^|]+ \\| of [A-Z]\\w+");

  private static final Path PROJECT =
      Path.of(Files.exists(Path.of("docs/architecture.md")) ? "" : "..");

  @Test
  void everyDependencyIsNamedAndNoOther() throws Exception {
    TreeSet<String> inPoms = new TreeSet<>();
    for (String module : PUBLISHED) {
      inPoms.addAll(dependencies(PROJECT.resolve(module).resolve("pom.xml")));
    }
    String document = Files.readString(PROJECT.resolve("docs/dependencies.md"));
    TreeSet<String> named = new TreeSet<>();
    ROW.matcher(document).results().forEach(row -> named.add(row.group(1)));
    // What comes with a dependency is in no pom of ours.
    OF_ANOTHER.matcher(document).results().forEach(row -> named.remove(row.group(1)));

    assertThat(named).isEqualTo(inPoms);
  }

  /** But those of tests, and Larder's own. */
  private static TreeSet<String> dependencies(Path pom) throws Exception {
    Element project =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(pom.toFile())
            .getDocumentElement();
    TreeSet<String> found = new TreeSet<>();
    NodeList all = project.getElementsByTagName("dependency");
    for (int i = 0; i < all.getLength(); i++) {
      Element dependency = (Element) all.item(i);
      Node above = dependency.getParentNode().getParentNode();
      String group = text(dependency, "groupId");
      if (above == project
          && !text(dependency, "scope").equals("test")
          && !group.equals("dev.larder")) {
        found.add(group + ":" + text(dependency, "artifactId"));
      }
    }
    return found;
  }

  private static String text(Element element, String name) {
    NodeList found = element.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent();
  }
}
