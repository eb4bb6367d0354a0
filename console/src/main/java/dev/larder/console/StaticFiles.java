package dev.larder.console;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of the page, read once. Immutable and thread-safe. */
final class StaticFiles {

  private static final String LIBRARY = "META-INF/maven/org.webjars.npm/uplot/pom.properties";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private final Map<String, Reply> files;

  private StaticFiles(Map<String, Reply> files) {
    this.files = files;
  }

  static StaticFiles load() throws IOException {
    Map<String, Reply> files = new TreeMap<>();
    files.put("/", own("console.html", "text/html; charset=utf-8"));
    files.put("/console.js", own("console.js", SCRIPT));
    files.put("/charts.js", own("charts.js", SCRIPT));
    files.put("/console.css", own("console.css", STYLE));
    files.put("/icon.svg", own("icon.svg", "image/svg+xml"));
    files.put("/remedies.json", own("remedies.json", "application/json"));
    String library = "META-INF/resources/webjars/uplot/" + libraryVersion() + "/dist/";
    files.put("/uplot.js", Reply.of(200, SCRIPT, read(library + "uPlot.iife.min.js")));
    files.put("/uplot.css", Reply.of(200, STYLE, read(library + "uPlot.min.css")));
    return new StaticFiles(files);
  }

  private static Reply own(String name, String type) throws IOException {
    return Reply.of(200, type, read("dev/larder/console/" + name));
  }

  private static String libraryVersion() throws IOException {
    Properties library = new Properties();
    try (InputStream in = open(LIBRARY)) {
      library.load(in);
    }
    return library.getProperty("version");
  }

  private static byte[] read(String resource) throws IOException {
    try (InputStream in = open(resource)) {
      return in.readAllBytes();
    }
  }

  private static InputStream open(String resource) throws IOException {
    InputStream own = StaticFiles.class.getResourceAsStream("/" + resource);
    InputStream in =
        own != null ? own : StaticFiles.class.getClassLoader().getResourceAsStream(resource);
    if (in == null) {
      throw new FileNotFoundException(resource);
    }
    return in;
  }

  /** A file by its path; null where there is none. */
  @Nullable Reply get(String path) {
    return files.get(path);
  }
}
