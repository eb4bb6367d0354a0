package dev.larder.jdbc.internal.catalog;

import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.TableName;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.Locking;
import dev.larder.jdbc.internal.analysis.ObjectName;
import dev.larder.jdbc.internal.analysis.TextAnalyzer;
import dev.larder.jdbc.internal.rows.ColumnKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of a database that Larder can read. Immutable and thread-safe.
 *
 * <p>The same for every product: what differs is how its contents are read and which functions it
 * has. Failing to judge makes a query uncacheable and a write a write of everything; nothing is
 * thrown.
 */
public final class RelationalCatalogue implements Catalogue {

  private final CatalogueContents contents;
  private final ParsedDefinitions definitions;
  private final FunctionDeclarations declarations;
  private final FunctionJudge judge;
  private final Set<String> customSettings;

  RelationalCatalogue(
      CatalogueContents contents,
      TextAnalyzer analyzer,
      FunctionDeclarations declarations,
      Set<String> customSettings) {
    this.contents = contents;
    this.customSettings = Set.copyOf(customSettings);
    this.definitions = new ParsedDefinitions(analyzer);
    this.declarations = declarations;
    this.judge = new FunctionJudge(contents, declarations);
  }

  @Override
  public Set<String> customSettings() {
    return customSettings;
  }

  @Override
  public ReadSet reads(Facts facts, SearchPath path) {
    try {
      return new ReadDependencies(contents, definitions, judge).walk(facts, path);
    } catch (RuntimeException | StackOverflowError failure) {
      return new ReadSet.Refused(
          BypassReason.OPAQUE_DEFINITION, "failed: " + failure.getClass().getSimpleName());
    }
  }

  @Override
  public WriteSet writes(Facts facts, SearchPath path) {
    return switch (facts.kind()) {
      case DEFINITION -> new WriteSet.Everything("changes definitions");
      case UNKNOWN -> new WriteSet.Everything("may do anything");
      case TRANSACTION, HARMLESS -> new WriteSet.Tables(Set.of());
      case QUERY, WRITE, CALL, SESSION -> {
        try {
          yield walk(facts, path).writes();
        } catch (RuntimeException | StackOverflowError failure) {
          yield new WriteSet.Everything("failed: " + failure.getClass().getSimpleName());
        }
      }
    };
  }

  @Override
  public boolean mayAlterSession(Facts facts, SearchPath path) {
    return switch (facts.kind()) {
      case UNKNOWN -> true;
      case TRANSACTION, HARMLESS -> false;
      case QUERY, WRITE, CALL, SESSION, DEFINITION -> {
        try {
          yield walk(facts, path).altersSession();
        } catch (RuntimeException | StackOverflowError failure) {
          yield true;
        }
      }
    };
  }

  @Override
  public boolean namesNoDefinition(Facts facts, SearchPath path) {
    // A routine may be an aggregate, which makes a row of none.
    return facts.functions().stream().allMatch(name -> contents.routines(name, path).isEmpty())
        && facts.reads().stream()
            .map(name -> contents.relations(name, path))
            .allMatch(
                found ->
                    !found.isEmpty()
                        && found.stream().allMatch(each -> each.kind() == RelationKind.TABLE));
  }

  @Override
  public Locking locks(Facts facts, SearchPath path) {
    return switch (facts.kind()) {
      case UNKNOWN, TRANSACTION, HARMLESS -> facts.locks();
      case QUERY, WRITE, CALL, SESSION, DEFINITION -> {
        try {
          yield facts.locks().and(walk(facts, path).locks());
        } catch (RuntimeException | StackOverflowError failure) {
          yield Locking.SESSION;
        }
      }
    };
  }

  /**
   * The tables whose cells a change to this table moves, for changes that come by name from
   * elsewhere (a replication source, a hook). Its case and an empty schema are forgiven, which can
   * make it several tables; a name the catalogue does not hold stands for itself.
   */
  public Set<TableName> cells(TableName reported) {
    ObjectName name =
        ObjectName.of(reported.schema().isEmpty() ? null : reported.schema(), reported.name());
    Set<TableName> cells = new LinkedHashSet<>();
    cells.add(contents.families().cell(reported));
    for (Relation relation : contents.relations(name, SearchPath.UNKNOWN)) {
      cells.add(contents.families().cell(relation.name()));
    }
    return cells;
  }

  /**
   * Which rows of a table were written, for values as the database prints them or an application
   * names them; null for a table that shares its rows with others, or is not known by that name.
   *
   * @param values by the column's name, all that a written row had or has in it
   */
  public @Nullable RowChange rowChange(TableName table, Map<String, ? extends Set<?>> values) {
    Relation relation = contents.relation(table);
    if (relation == null || contents.families().members(table).size() != 1) {
      return null;
    }
    Map<String, Set<Integer>> hashes = new HashMap<>();
    values.forEach(
        (name, each) -> {
          Column column = relation.columns().find(name);
          if (column != null && column.kind() != null) {
            Set<Integer> found = hashes(column.kind(), each);
            if (found != null) {
              hashes.put(column.name(), found);
            }
          }
        });
    return new RowChange(hashes, null);
  }

  private static @Nullable Set<Integer> hashes(ColumnKind kind, Set<?> values) {
    Set<Integer> hashes = new HashSet<>();
    for (Object value : values) {
      Integer hash = kind.hashOfNamed(value);
      if (hash == null) {
        return null;
      }
      hashes.add(hash);
    }
    return hashes;
  }

  /**
   * The tables whose cells foreign keys move when rows of a table are updated or deleted, for a log
   * that does not tell of that.
   */
  public Set<TableName> cascades(TableName table) {
    return new UnloggedCascades(contents).of(table);
  }

  /**
   * Whether a table may be among those that this catalogue is for: it holds others of its schema.
   */
  boolean holdsSchema(String schema) {
    return contents.holdsSchema(schema);
  }

  /** Whether there is a table of exactly this name. */
  public boolean holds(TableName name) {
    return contents.relation(name) != null;
  }

  private WriteConsequences walk(Facts facts, SearchPath path) {
    return WriteConsequences.of(facts, path, contents, definitions, declarations);
  }
}
