package dev.larder.testkit;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A piece of Java that a Markdown document shows, which a reader may copy: so it has to compile.
 * Immutable and thread-safe.
 *
 * @param document the document's path from the top folder of the project
 * @param line where it begins
 */
public record DocumentedJava(String document, int line, String text) {

  private static final String FENCE = "```";

  /**
   * What a piece needs around it, as it is the body of a method.
   *
   * @param imports what its reader has imported, such as {@code java.sql.*}
   * @param parameters what its reader has, such as {@code DataSource dataSource}
   */
  public record Surroundings(List<String> imports, List<String> parameters) {

    public Surroundings {
      imports = List.copyOf(imports);
      parameters = List.copyOf(parameters);
    }
  }

  /** Every piece of the documents in a folder, or of that document. */
  public static List<DocumentedJava> in(String path) throws IOException {
    Path project = Files.exists(Path.of("docs")) ? Path.of("") : Path.of("..");
    List<DocumentedJava> found = new ArrayList<>();
    try (var files = Files.walk(project.resolve(path))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
        addFrom(file, project.relativize(file).toString().replace('\\', '/'), found);
      }
    }
    return found;
  }

  private static void addFrom(Path file, String document, List<DocumentedJava> found)
      throws IOException {
    List<String> lines = Files.readAllLines(file);
    int begin = -1;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.equals(FENCE + "java")) {
        begin = i + 1;
      } else if (line.equals(FENCE) && begin >= 0) {
        String text = String.join("\n", lines.subList(begin, i));
        found.add(new DocumentedJava(document, begin + 1, text));
        begin = -1;
      }
    }
  }

  /** Compiles it against the class path of this JVM; empty if there is nothing to complain of. */
  public List<String> errors(Surroundings around) throws IOException {
    String head =
        around.imports().stream()
            .map(name -> "import " + name + ";\n")
            .collect(Collectors.joining());
    String source =
        head
            + "class Snippet {\n  void run("
            + String.join(", ", around.parameters())
            + ") throws Exception {\n"
            + text
            + "\n  }\n}\n";
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    List<String> options = List.of("-proc:none", "-cp", System.getProperty("java.class.path"));
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                new StringWriter(), null, diagnostics, options, null, List.of(new Source(source)));
    // No further than that: a class file would have to go somewhere.
    task.analyze();
    long before = head.lines().count() + 2;
    return diagnostics.getDiagnostics().stream()
        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .map(
            each ->
                document
                    + ":"
                    + (line + each.getLineNumber() - before - 1)
                    + ": "
                    + each.getMessage(Locale.ROOT))
        .toList();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///Snippet.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  @Override
  public String toString() {
    return document + ":" + line;
  }
}
