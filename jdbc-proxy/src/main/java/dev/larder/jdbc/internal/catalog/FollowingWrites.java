package dev.larder.jdbc.internal.catalog;

import dev.larder.jdbc.internal.analysis.BodyFacts.Given;
import dev.larder.jdbc.internal.analysis.BodyFacts.Insertion;
import dev.larder.jdbc.internal.analysis.Operand;
import dev.larder.jdbc.internal.analysis.Verb;
import dev.larder.jdbc.internal.rows.ColumnKind;
import dev.larder.jdbc.internal.rows.RowsWritten;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tables that are written by nothing but cascades of deleted rows and INSERTs in triggers of
 * the rows that a statement writes, and the values which those rows give them. Used once, by one
 * thread.
 */
final class FollowingWrites {

  /*
   * A trigger that runs after a row is written has it as it was and as it became. What it inserts of a column of it is therefore
   * among the values that the column has in the rows that the statement writes, as far as those are known. A trigger of the
   * statement has no row, and inserts nulls.
   *
   * A cascade deletes the rows of which every referencing column equals the referenced column of a row that was deleted, whoever has
   * inserted them by then: each of those columns has one of the values that the referenced one has in the deleted rows, as far as
   * those are known. A row that holds null in one of them is not deleted. So it goes on from table to table, as long as all that
   * writes one is of these two kinds; a table that is reached again on the way there has rows that nobody names.
   */

  /** What writes a table. */
  private sealed interface Writer {

    /** The body of a routine. */
    record Body(RoutineKey routine, Definition text, Verb verb) implements Writer {}

    /**
     * A foreign key, after rows were deleted from another table.
     *
     * @param columns the columns that reference that one's, by their names
     */
    record Cascade(Relation from, Map<String, String> columns) implements Writer {}

    /** Anything else. */
    record Other() implements Writer {}
  }

  private final CatalogueContents contents;
  private final ParsedDefinitions definitions;
  private final Map<Relation, Set<Writer>> writers = new LinkedHashMap<>();
  private final Map<RoutineKey, Set<Relation>> triggers = new HashMap<>();
  private final Set<RoutineKey> called = new HashSet<>();
  private boolean lost;

  FollowingWrites(CatalogueContents contents, ParsedDefinitions definitions) {
    this.contents = contents;
    this.definitions = definitions;
  }

  /** A routine runs as a trigger, after a row of the relation was written. */
  void fired(RoutineKey routine, Relation relation) {
    triggers.computeIfAbsent(routine, any -> new HashSet<>()).add(relation);
  }

  /** A routine may run for anything else. */
  void called(RoutineKey routine) {
    called.add(routine);
  }

  /** A text that two of them share was read for one of them only. */
  void lose() {
    lost = true;
  }

  /** The body of a routine writes a relation. */
  void wrote(Relation relation, Verb verb, RoutineKey routine, Definition body) {
    writer(relation, new Writer.Body(routine, body, verb));
  }

  /**
   * A foreign key deletes rows of a relation.
   *
   * @param columns the columns that reference that one's, by their names; none where they are not
   *     known
   */
  void cascaded(Relation relation, Relation from, Map<String, String> columns) {
    writer(relation, new Writer.Cascade(from, columns));
  }

  /** Something else does. */
  void wrote(Relation relation) {
    writer(relation, new Writer.Other());
  }

  private void writer(Relation relation, Writer writer) {
    writers.computeIfAbsent(relation, any -> new LinkedHashSet<>()).add(writer);
  }

  /**
   * The rows of other tables that are written by the values of these.
   *
   * @param rows those that the statement writes itself
   */
  List<RowsWritten> following(RowsWritten rows, DirectWrites direct) {
    Relation written = contents.relation(rows.table());
    if (lost || written == null || !isAlone(written)) {
      return List.of();
    }
    Map<Relation, Collection<RowsWritten.OfColumn>> known = new HashMap<>();
    known.put(written, rows.columns());
    List<RowsWritten> found = new ArrayList<>();
    for (Relation table : writers.keySet()) {
      Collection<RowsWritten.OfColumn> columns = columns(table, written, direct, known);
      if (!table.equals(written) && !columns.isEmpty()) {
        found.add(new RowsWritten(table.name(), List.copyOf(columns), RowsWritten.Fate.ANY, null));
      }
    }
    return found;
  }

  private boolean isAlone(Relation table) {
    return contents.families().members(table.name()).size() == 1;
  }

  /**
   * The columns of which the values are told in every row of a table that is written; none where
   * any row may be.
   *
   * @param known what was found of other tables
   */
  private Collection<RowsWritten.OfColumn> columns(
      Relation table,
      Relation written,
      DirectWrites direct,
      Map<Relation, Collection<RowsWritten.OfColumn>> known) {
    Collection<RowsWritten.OfColumn> before = known.get(table);
    if (before != null) {
      return before;
    }
    // Until it is found, for whoever comes back to it.
    known.put(table, List.of());
    Map<String, RowsWritten.OfColumn> columns = null;
    for (Writer writer : writers.getOrDefault(table, Set.of())) {
      Map<String, RowsWritten.OfColumn> by = Map.of();
      if (writer instanceof Writer.Body body && isTriggerOf(body, written)) {
        by = inserted(table, body, direct, written, known);
      } else if (writer instanceof Writer.Cascade cascade
          && table.equals(contents.standsFor(table))) {
        by = deleted(table, cascade, columns(cascade.from(), written, direct, known));
      }
      columns = columns == null ? by : inBoth(columns, by);
    }
    Collection<RowsWritten.OfColumn> found =
        columns == null || !isAlone(table) ? List.of() : columns.values();
    known.put(table, found);
    return found;
  }

  private boolean isTriggerOf(Writer.Body writer, Relation written) {
    return writer.verb() == Verb.INSERT
        && !called.contains(writer.routine())
        && Set.of(written).equals(triggers.get(writer.routine()));
  }

  /**
   * What a cascade deletes.
   *
   * @param from the values of columns in the rows which it follows from
   */
  private static Map<String, RowsWritten.OfColumn> deleted(
      Relation table, Writer.Cascade cascade, Collection<RowsWritten.OfColumn> from) {
    Map<String, RowsWritten.OfColumn> columns = new HashMap<>();
    cascade
        .columns()
        .forEach(
            (referencing, referenced) -> {
              Column column = table.columns().find(referencing);
              Column source = cascade.from().columns().find(referenced);
              for (RowsWritten.OfColumn known : from) {
                if (column != null
                    && source != null
                    && known.column().equals(source.name())
                    && column.kind() == known.kind()) {
                  columns.put(column.name(), as(column, known));
                }
              }
            });
    return columns;
  }

  private Map<String, RowsWritten.OfColumn> inserted(
      Relation table,
      Writer.Body writer,
      DirectWrites direct,
      Relation written,
      Map<Relation, Collection<RowsWritten.OfColumn>> known) {
    Set<String> altered = direct.alteredByInsert(table);
    List<Insertion> insertions = altered == null ? List.of() : insertions(writer.text(), table);
    Map<String, RowsWritten.OfColumn> columns = null;
    for (Insertion insertion : insertions) {
      Map<String, RowsWritten.OfColumn> given =
          given(insertion, table, written, known.getOrDefault(written, List.of()));
      columns = columns == null ? given : inBoth(columns, given);
    }
    if (columns == null || altered == null) {
      return Map.of();
    }
    columns.keySet().removeIf(column -> altered.contains(CatalogueContents.lower(column)));
    return columns;
  }

  /** What a body inserts into a table; none where that is not told. */
  private List<Insertion> insertions(Definition body, Relation table) {
    List<Insertion> found = new ArrayList<>();
    for (Insertion insertion : definitions.body(body).insertions()) {
      List<Relation> tables = contents.relations(insertion.table(), body.path());
      if (tables.contains(table)) {
        if (tables.size() > 1) {
          return List.of();
        }
        found.add(insertion);
      }
    }
    return found;
  }

  private static Map<String, RowsWritten.OfColumn> given(
      Insertion insertion,
      Relation table,
      Relation written,
      Collection<RowsWritten.OfColumn> rows) {
    Map<String, RowsWritten.OfColumn> columns = new HashMap<>();
    for (Given given : insertion.given()) {
      String name = given.column();
      Column column = name == null ? table.columns().at(given.place()) : table.columns().find(name);
      Column source = written.columns().find(given.source());
      if (column != null && source != null && !column.follows()) {
        for (RowsWritten.OfColumn known : rows) {
          if (known.column().equals(source.name()) && isStoredAlike(column, known.kind())) {
            columns.put(column.name(), as(column, known));
          }
        }
      }
    }
    return columns;
  }

  /** A text may lose spaces where another column takes fewer characters. */
  private static boolean isStoredAlike(Column column, ColumnKind kind) {
    return column.kind() == kind && kind != ColumnKind.TEXT;
  }

  private static RowsWritten.OfColumn as(Column column, RowsWritten.OfColumn known) {
    List<Operand> all = new ArrayList<>(known.compared());
    all.addAll(known.given());
    return new RowsWritten.OfColumn(
        column.name(),
        known.kind(),
        List.of(),
        all,
        Math.max(column.least(), known.least()),
        Math.min(column.most(), known.most()));
  }

  private static Map<String, RowsWritten.OfColumn> inBoth(
      Map<String, RowsWritten.OfColumn> some, Map<String, RowsWritten.OfColumn> others) {
    Map<String, RowsWritten.OfColumn> both = new HashMap<>();
    some.forEach(
        (name, one) -> {
          RowsWritten.OfColumn other = others.get(name);
          if (other != null) {
            List<Operand> all = new ArrayList<>(one.given());
            all.addAll(other.given());
            both.put(
                name,
                new RowsWritten.OfColumn(
                    name,
                    one.kind(),
                    List.of(),
                    all,
                    Math.max(one.least(), other.least()),
                    Math.min(one.most(), other.most())));
          }
        });
    return both;
  }
}
