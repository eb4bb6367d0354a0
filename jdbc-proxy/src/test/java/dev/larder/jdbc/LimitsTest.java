package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How much a method, a record or a file may hold before a reader loses count. What holds more is
 * named here, with the reason; what does so no longer has to be taken out.
 */
class LimitsTest {

  private static final int MOST_PARAMETERS = 5;
  private static final int MOST_LINES = 400;

  private static final List<String> MODULES =
      List.of(
          "invalidation",
          "testkit",
          "jdbc-proxy",
          "redis",
          "console",
          "hibernate-l2",
          "conformance");

  private static final String JDBC = "JDBC declares it so";
  private static final String READ_AT_ONCE = "read of one row or packet, and kept as it is";
  private static final String TEXT = "what one reading of a text finds";
  private static final String PUBLIC = "applications read it by these names";

  /** Methods, constructors and records, by the type that declares them. */
  private static final Map<String, String> MANY_PARAMETERS =
      Map.ofEntries(
          Map.entry("DatabaseMetaDataDelegate.getCrossReference", JDBC),
          Map.entry("LarderDatabaseMetaData.getCrossReference", JDBC),
          Map.entry("EntityAccess.afterUpdate", "Hibernate declares it so"),
          Map.entry("PackedTimestamp.pack", "the parts of one number, for each value of a column"),
          Map.entry("SourceReport", PUBLIC),
          Map.entry("Explanation", PUBLIC),
          Map.entry("Statistics", PUBLIC),
          Map.entry("Pool", PUBLIC),
          Map.entry("Analysis", TEXT),
          Map.entry("BodyFacts", TEXT),
          Map.entry("Facts", TEXT),
          Map.entry("ScannedNames", TEXT),
          Map.entry("SqlSyntax", "one component for each question that no trait answers"),
          Map.entry("BuiltIns", "one list for each kind of what a product brings along"),
          Map.entry("CatalogueContents", "what one reading of a catalogue finds"),
          Map.entry("Relation", "what a catalogue says of one relation"),
          Map.entry("Column", "what a catalogue says of one column"),
          Map.entry("Routine", "what a catalogue says of one routine"),
          Map.entry("Settings", "a component for each question that settings answer"),
          Map.entry("DataSourceParts", "the parts of a data source, which one place joins"),
          Map.entry("StatementEffects", "what the runner accounts for, each by itself"),
          Map.entry("ColumnDescription", READ_AT_ONCE),
          Map.entry("PgType", READ_AT_ONCE),
          Map.entry("PhysicalProfile", READ_AT_ONCE),
          Map.entry("SessionBaseline", READ_AT_ONCE),
          Map.entry("StoredColumn", READ_AT_ONCE),
          Map.entry("OfTable", "what a query needs of one table"),
          Map.entry("OfColumn", "what a write tells of one column"));

  private static final String FORWARDS = "forwards a JDBC interface, method by method";
  private static final String ANSWERS = "answers each method of a JDBC interface";
  private static final String CONVERTS = "the conversions of one driver, beside one another";

  private static final Map<String, String> LONG_FILES =
      Map.ofEntries(
          Map.entry("CallableStatementDelegate", FORWARDS),
          Map.entry("DatabaseMetaDataDelegate", FORWARDS),
          Map.entry("ResultSetDelegate", FORWARDS),
          Map.entry("LarderConnection", ANSWERS),
          Map.entry("LarderPreparedStatement", ANSWERS),
          Map.entry("ReadOnlyResultSet", ANSWERS),
          Map.entry("SnapshotCursor", ANSWERS),
          Map.entry("ConnectionContext", "all that the objects of one connection share"),
          Map.entry("H2Column", CONVERTS),
          Map.entry("MariaColumn", CONVERTS),
          Map.entry("PgColumn", CONVERTS),
          Map.entry("PgReader", CONVERTS),
          Map.entry("Setting", "the list of the settings, with a sentence for each"),
          Map.entry("Ledger", "the protocol of cells, which is proved as one"),
          Map.entry("WriteConsequences", "one walk, with the rules of each of its steps"));

  private static List<Path> sources = List.of();

  @BeforeAll
  static void findSources() throws IOException {
    Path project = Files.exists(Path.of("docs/architecture.md")) ? Path.of("") : Path.of("..");
    List<Path> found = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(project.resolve(module).resolve("src/main/java"))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
      }
    }
    sources = found;
  }

  @Test
  void nothingTakesMoreParametersThanAReaderRemembers() throws IOException {
    TreeMap<String, Integer> many = new TreeMap<>();
    ParsedSources.each(sources, (unit, comments) -> unit.accept(new Counter(many), null));

    assertThat(many.keySet())
        .as("more than %s parameters or components: %s", MOST_PARAMETERS, many)
        .containsExactlyInAnyOrderElementsOf(MANY_PARAMETERS.keySet());
  }

  @Test
  void noFileIsLongerThanAReaderReads() throws IOException {
    TreeMap<String, Integer> tooLong = new TreeMap<>();
    for (Path source : sources) {
      int lines = Files.readAllLines(source).size();
      if (lines > MOST_LINES) {
        tooLong.put(source.getFileName().toString().replace(".java", ""), lines);
      }
    }

    assertThat(tooLong.keySet())
        .as("more than %s lines: %s", MOST_LINES, tooLong)
        .containsExactlyInAnyOrderElementsOf(LONG_FILES.keySet());
  }

  /** Counts the parameters of what is declared, and the components of records. */
  private static final class Counter extends TreeScanner<Void, Void> {
    private final Map<String, Integer> many;
    private final Deque<String> types = new ArrayDeque<>();

    Counter(Map<String, Integer> many) {
      this.many = many;
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      String name = type.getSimpleName().toString();
      types.push(name);
      if (type.getKind() == Tree.Kind.RECORD) {
        long components = type.getMembers().stream().filter(Counter::isComponent).count();
        note(name, (int) components);
      }
      super.visitClass(type, nothing);
      types.pop();
      return null;
    }

    /** A record has no other fields of its instances. */
    private static boolean isComponent(Tree member) {
      return member instanceof VariableTree field
          && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      boolean isConstructor = method.getReturnType() == null;
      String name = isConstructor ? types.peek() : types.peek() + "." + method.getName();
      note(name, method.getParameters().size());
      return super.visitMethod(method, nothing);
    }

    private void note(String name, int count) {
      if (count > MOST_PARAMETERS) {
        many.merge(name, count, Math::max);
      }
    }
  }
}
