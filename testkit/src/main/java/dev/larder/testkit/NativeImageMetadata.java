package dev.larder.testkit;

import java.io.IOException;
import java.lang.reflect.Member;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a module's jar tells the builder of a native image, beside what its sources look up by name.
 * Each entry of the files is a line of its own. Immutable.
 */
public final class NativeImageMetadata {

  private static final Pattern LOOK_UP =
      Pattern.compile(
          "Class\\s*\\.forName\\(|Proxy\\s*\\.newProxyInstance\\(|\\.(getMethod|getDeclaredFields"
              + "|getDeclaredConstructor|findVirtual|findConstructor|findVarHandle)\\(");
  private static final Pattern CONDITION = Pattern.compile("\"typeReachable\": \"([^\"]+)\"");
  private static final Pattern NAME =
      Pattern.compile("^ *\\{\"condition\".*?}, \"name\": \"([^\"]+)\"");
  private static final Pattern METHOD =
      Pattern.compile("\\{\"name\": \"([^\"]+)\", \"parameterTypes\"");
  private static final Pattern FIELD = Pattern.compile("\\{\"name\": \"([^\"]+)\"}");
  private static final Pattern INTERFACES = Pattern.compile("\"interfaces\": \\[([^\\]]+)]");

  private final Path sources;
  private final List<String> entries;

  private NativeImageMetadata(Path sources, List<String> entries) {
    this.sources = sources;
    this.entries = entries;
  }

  /** Of the module in this folder, or in the folder of this name beside the working directory. */
  public static NativeImageMetadata of(String module) throws IOException {
    Path folder = Files.isDirectory(Path.of(module)) ? Path.of(module) : Path.of("..", module);
    List<String> entries = new ArrayList<>();
    Path resources = folder.resolve("src/main/resources/META-INF/native-image");
    try (Stream<Path> files = Files.walk(resources)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.readAllLines(file).stream().filter(line -> line.contains("{")).forEach(entries::add);
      }
    }
    return new NativeImageMetadata(folder.resolve("src/main/java"), List.copyOf(entries));
  }

  /** The classes of the module that look something up by its name. */
  public TreeSet<String> askers() throws IOException {
    TreeSet<String> askers = new TreeSet<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        if (LOOK_UP.matcher(Files.readString(file)).find()) {
          String name = sources.relativize(file).toString().replace(".java", "");
          askers.add(name.replace('/', '.').replace('\\', '.'));
        }
      }
    }
    return askers;
  }

  /** The classes whose look-ups the entries are for. */
  public TreeSet<String> conditions() {
    TreeSet<String> conditions = new TreeSet<>();
    for (String entry : entries) {
      CONDITION.matcher(entry).results().forEach(found -> conditions.add(found.group(1)));
    }
    return conditions;
  }

  /** What the entries name and the class path does not have: types, and members of types. */
  public TreeSet<String> absent() {
    TreeSet<String> absent = new TreeSet<>();
    for (String entry : entries) {
      INTERFACES
          .matcher(entry)
          .results()
          .flatMap(found -> Stream.of(found.group(1).split("[\", ]+")))
          .filter(name -> !name.isEmpty())
          .forEach(name -> type(name, absent));
      NAME.matcher(entry).results().forEach(found -> members(found.group(1), entry, absent));
    }
    return absent;
  }

  private static void members(String name, String entry, TreeSet<String> absent) {
    if (name.endsWith("[]")) {
      return;
    }
    int before = absent.size();
    Class<?> type = type(name, absent);
    if (absent.size() > before) {
      return;
    }
    List<String> there = new ArrayList<>(List.of("<init>"));
    Stream.<Member[]>of(type.getMethods(), type.getDeclaredMethods(), type.getDeclaredFields())
        .flatMap(Arrays::stream)
        .map(Member::getName)
        .forEach(there::add);
    Stream.concat(METHOD.matcher(entry).results(), FIELD.matcher(entry).results())
        .map(MatchResult::group)
        .map(text -> text.replaceAll("^.\"name\": \"([^\"]+)\".*", "$1"))
        .filter(member -> !there.contains(member))
        .forEach(member -> absent.add(name + "." + member));
  }

  private static Class<?> type(String name, TreeSet<String> absent) {
    try {
      return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException | LinkageError notThere) {
      absent.add(name);
      return Object.class;
    }
  }
}
