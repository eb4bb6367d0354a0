package dev.larder.jdbc.internal.catalog;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.analysis.Operand;
import dev.larder.jdbc.internal.analysis.RowFacts;
import dev.larder.jdbc.internal.analysis.RowFacts.Assignment;
import dev.larder.jdbc.internal.analysis.RowFacts.Conflict;
import dev.larder.jdbc.internal.analysis.RowFacts.Fixed;
import dev.larder.jdbc.internal.analysis.RowFacts.Mention;
import dev.larder.jdbc.internal.analysis.RowFacts.RowWrite;
import dev.larder.jdbc.internal.analysis.Verb;
import dev.larder.jdbc.internal.rows.ColumnKind;
import dev.larder.jdbc.internal.rows.Execution;
import dev.larder.jdbc.internal.rows.RowsRead;
import dev.larder.jdbc.internal.rows.RowsWritten;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings the rows and columns that a text names to tables of the catalogue. Used by one thread.
 *
 * <p>What it cannot prove it leaves out: the table then counts as a whole.
 */
final class RowDependencies {

  private final CatalogueContents contents;
  private final SearchPath path;

  RowDependencies(CatalogueContents contents, SearchPath path) {
    this.contents = contents;
    this.path = path;
  }

  /**
   * A mention of a table, by its own name or a view's.
   *
   * @param names of which its columns are those that are read; null for all
   */
  private record Named(Mention mention, @Nullable Set<String> names) {}

  /**
   * What a query needs of those of its tables that it reads directly.
   *
   * @param direct the tables that nothing but the text itself leads to, nor to those that share
   *     their rows, be it by their names or by those of {@code views}
   * @param views those that nothing but the text itself leads to
   */
  List<RowsRead.OfTable> read(
      RowFacts facts, Set<TableName> direct, Map<TableName, PlainView> views) {
    Map<Relation, List<Named>> mentions = new LinkedHashMap<>();
    Set<Relation> parts = new HashSet<>();
    boolean named = columnsAreNamed(facts);
    for (Mention mention : facts.mentions()) {
      for (Relation relation : contents.relations(mention.table(), path)) {
        PlainView view = views.get(relation.name());
        Relation meant = view == null ? relation : view.table();
        Relation table = direct.contains(meant.name()) ? contents.standsFor(meant) : null;
        if (table != null) {
          mentions
              .computeIfAbsent(table, any -> new ArrayList<>(1))
              .add(
                  view == null
                      ? new Named(mention, named ? facts.names() : null)
                      : new Named(view.mention(mention), view.names()));
          if (isPart(meant, table)) {
            parts.add(table);
          }
        }
      }
    }
    boolean alone = named && direct.size() == 1 && parts.isEmpty() && views.isEmpty();
    RowFacts.Shown shown = alone ? facts.shown() : null;
    List<RowsRead.OfTable> needs = new ArrayList<>();
    mentions.forEach(
        (table, by) -> {
          // A row comes to a partition, and leaves it, by columns that nobody names.
          Set<String> names = parts.contains(table) ? null : names(by);
          RowsRead.OfTable need =
              need(table, by.stream().map(Named::mention).toList(), names, shown);
          if (need != null) {
            needs.add(need);
          }
        });
    return needs;
  }

  private static @Nullable Set<String> names(List<Named> mentions) {
    Set<String> all = new HashSet<>();
    for (Named each : mentions) {
      if (each.names() == null) {
        return null;
      }
      all.addAll(each.names());
    }
    return all;
  }

  /** Whether a table holds some only of the rows that another one stands for. */
  private static boolean isPart(Relation relation, Relation standsFor) {
    return relation != standsFor;
  }

  /**
   * Whether each name of a query that may be a column is one: PostgreSQL takes {@code b.f} for
   * {@code f(b)}, which may read the whole row, and every product has names that stand for columns.
   */
  private boolean columnsAreNamed(RowFacts facts) {
    Set<Relation> tables = new HashSet<>();
    facts.mentions().forEach(mention -> tables.addAll(contents.relations(mention.table(), path)));
    return facts.members().stream()
        .allMatch(member -> tables.stream().anyMatch(table -> table.columns().holds(member)));
  }

  private RowsRead.@Nullable OfTable need(
      Relation table,
      List<Mention> mentions,
      @Nullable Set<String> names,
      RowFacts.@Nullable Shown facts) {
    Set<String> read = names == null ? null : table.columns().among(names);
    String column = null;
    ColumnKind kind = null;
    int rank = 0;
    List<Operand> values = new ArrayList<>();
    for (Fixed candidate : mentions.get(0).fixed()) {
      Column known = table.columns().find(candidate.column());
      if (known != null && known.kind() != null) {
        List<Operand> all = valuesIn(mentions, table, known);
        int better = all == null ? 0 : rank(table.columns(), known, all);
        if (all != null && better > rank) {
          rank = better;
          column = known.name();
          kind = known.kind();
          values = all;
        }
      }
    }
    RowsRead.Once once = null;
    if (facts != null) {
      once =
          column != null && table.columns().isUnique(column) && isOneValue(values)
              ? new RowsRead.OnlyRow(beside(facts, table.columns(), column))
              : shown(facts, table.columns(), column, read);
    }
    return column == null && read == null && once == null
        ? null
        : new RowsRead.OfTable(table.name(), column, kind, values, read, once);
  }

  private static boolean isOneValue(List<Operand> values) {
    return values.size() == 1 && Execution.isSingle(values.get(0));
  }

  /**
   * By which of its columns rows are best found: texts are assigned to more than numbers are, and a
   * range may be of any length.
   */
  private static int rank(Columns columns, Column column, List<Operand> values) {
    int kind = columns.isKey(column.name()) ? 3 : column.kind() != ColumnKind.TEXT ? 2 : 1;
    boolean hasRange = values.stream().anyMatch(Operand.Range.class::isInstance);
    return hasRange ? 2 * kind - 1 : 2 * kind;
  }

  /**
   * By which of its columns an answer's rows are known again.
   *
   * @param found the column by which they are found already, or null
   * @param read all columns that are read, or null
   */
  private static RowsRead.@Nullable Shown shown(
      RowFacts.Shown facts, Columns columns, @Nullable String found, @Nullable Set<String> read) {
    Set<String> choosing = columns.among(facts.choosing());
    if (choosing == null || choosing.equals(read) || (found != null && columns.isKey(found))) {
      return null;
    }
    for (String name : facts.columns()) {
      if (columns.find(name) == null) {
        return null;
      }
    }
    for (String key : columns.keys()) {
      Column column = columns.find(key);
      if (column != null && column.kind() != null && isShown(facts, columns, column)) {
        return new RowsRead.Shown(key, column.kind(), choosing);
      }
    }
    return null;
  }

  private static boolean isShown(RowFacts.Shown facts, Columns columns, @Nullable Column column) {
    return facts.all() || facts.columns().stream().anyMatch(name -> columns.find(name) == column);
  }

  /**
   * Another column of an only row that has a key of its own, and so is what others may know the row
   * by; null where the answer shows none.
   *
   * @param found the column by which it is found
   */
  private static RowsRead.@Nullable Beside beside(
      RowFacts.Shown facts, Columns columns, String found) {
    for (String name : columns.alternatives()) {
      Column column = columns.find(name);
      ColumnKind kind = column == null || column.follows() ? null : column.kind();
      if (kind != null && !name.equals(found) && isShown(facts, columns, column)) {
        return new RowsRead.Beside(name, kind);
      }
    }
    return null;
  }

  /** The values of a column in all mentions of its table, or null where one does not fix it. */
  private @Nullable List<Operand> valuesIn(List<Mention> mentions, Relation table, Column column) {
    List<Operand> all = new ArrayList<>();
    for (Mention mention : mentions) {
      Fixed found = null;
      for (Fixed fixed : mention.fixed()) {
        if (column.equals(table.columns().find(fixed.column())) && comparesAlike(fixed, column)) {
          found = fixed;
        }
      }
      if (found == null) {
        return null;
      }
      all.addAll(found.values());
    }
    return all;
  }

  /**
   * Whether a fixed column compares as those through which its values came, and is that table's.
   */
  private boolean comparesAlike(Fixed fixed, Column column) {
    for (RowFacts.Column other : fixed.absent()) {
      List<Relation> tables = contents.relations(other.table(), path);
      boolean isAbsent =
          tables.size() == 1
              && !tables.get(0).columns().holds(CatalogueContents.lower(other.column()));
      if (!isAbsent) {
        return false;
      }
    }
    for (RowFacts.Column other : fixed.through()) {
      List<Relation> tables = contents.relations(other.table(), path);
      Column known = tables.size() == 1 ? tables.get(0).columns().find(other.column()) : null;
      if (known == null || known.kind() != column.kind()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Which rows a statement writes.
   *
   * @param tables those of which it writes no others than it names
   */
  @Nullable RowsWritten written(RowFacts facts, DirectWrites tables) {
    RowWrite write = facts.write();
    List<Relation> found = write == null ? List.of() : contents.relations(write.table(), path);
    Relation cell = found.size() == 1 ? contents.standsFor(found.get(0)) : null;
    Set<String> altered = cell == null ? null : tables.altered(cell.name());
    if (write == null || cell == null || altered == null) {
      return null;
    }
    Relation table = found.get(0);
    Set<String> assigned = write.verb() == Verb.UPDATE ? assigned(write, table) : null;
    if (write.verb() == Verb.UPDATE && assigned == null) {
      return null;
    }
    if (assigned != null) {
      assigned = new HashSet<>(assigned);
      for (String name : altered) {
        Column column = table.columns().find(name);
        if (column == null) {
          return null;
        }
        assigned.add(column.name());
      }
    }
    Map<String, RowsWritten.OfColumn> columns = new HashMap<>();
    if (write.verb() == Verb.INSERT) {
      inserted(write, table, columns);
    } else {
      for (Fixed fixed : write.where()) {
        Column column = table.columns().find(fixed.column());
        if (column != null
            && column.kind() != null
            && !columns.containsKey(column.name())
            && comparesAlike(fixed, column)) {
          List<Operand> given = given(write, table, column);
          if (given != null) {
            columns.put(column.name(), values(column, column.kind(), fixed.values(), given));
          }
        }
      }
    }
    columns.keySet().removeIf(name -> altered.contains(CatalogueContents.lower(name)));
    String key = columns.keySet().stream().filter(table.columns()::isKey).findFirst().orElse(null);
    return new RowsWritten(cell.name(), List.copyOf(columns.values()), fate(write, assigned), key);
  }

  private static RowsWritten.Fate fate(RowWrite write, @Nullable Set<String> assigned) {
    if (assigned != null) {
      return RowsWritten.Fate.assigned(assigned);
    }
    return write.verb() == Verb.INSERT && !(write.conflict() instanceof Conflict.Updated)
        ? RowsWritten.Fate.ADDED
        : RowsWritten.Fate.ANY;
  }

  /** All columns that an UPDATE may change; null where one of them is not known. */
  static @Nullable Set<String> assigned(RowWrite write, Relation table) {
    Set<String> assigned = new HashSet<>(table.columns().following());
    for (Assignment assignment : write.assigned()) {
      Column column = column(assignment, table);
      if (column == null) {
        return null;
      }
      assigned.add(column.name());
    }
    return assigned;
  }

  /** What a column of the rows that are found may be afterwards; null where that is not told. */
  private static @Nullable List<Operand> given(RowWrite write, Relation table, Column column) {
    if (column.follows()) {
      return null;
    }
    List<Operand> given = new ArrayList<>();
    for (Assignment assignment : write.assigned()) {
      if (column.equals(column(assignment, table))) {
        if (assignment.value() == null) {
          return null;
        }
        given.add(assignment.value());
      }
    }
    return given;
  }

  private static @Nullable Column column(Assignment assignment, Relation table) {
    String name = assignment.column();
    return name == null ? table.columns().at(assignment.place()) : table.columns().find(name);
  }

  /** Whether a row that is updated in the place of an inserted one has its value in a column. */
  private static boolean isShared(RowWrite write, Relation table, Column column) {
    if (!(write.conflict() instanceof Conflict.Updated updated)) {
      return true;
    }
    Set<String> key = updated.columns();
    if (key == null) {
      return table.columns().isInEveryKey(column.name());
    }
    // Which of two indexes is meant is not told, and one of texts may have a collation of its own.
    return column.kind() != ColumnKind.TEXT
        && key.stream().anyMatch(name -> column.equals(table.columns().find(name)));
  }

  private static void inserted(
      RowWrite write, Relation table, Map<String, RowsWritten.OfColumn> columns) {
    Map<String, List<Operand>> given = new HashMap<>();
    Set<String> unknown = new HashSet<>();
    for (Assignment assignment : write.assigned()) {
      Column column = column(assignment, table);
      if (column != null) {
        if (assignment.value() == null || column.follows()) {
          unknown.add(column.name());
        } else {
          given.computeIfAbsent(column.name(), any -> new ArrayList<>()).add(assignment.value());
        }
      }
    }
    given.forEach(
        (name, operands) -> {
          Column column = table.columns().find(name);
          if (column != null
              && column.kind() != null
              && !unknown.contains(name)
              && isShared(write, table, column)) {
            columns.put(name, values(column, column.kind(), List.of(), operands));
          }
        });
  }

  private static RowsWritten.OfColumn values(
      Column column, ColumnKind kind, List<Operand> compared, List<Operand> given) {
    return new RowsWritten.OfColumn(
        column.name(), kind, compared, given, column.least(), column.most());
  }
}
