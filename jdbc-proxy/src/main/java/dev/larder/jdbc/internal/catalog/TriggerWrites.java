package dev.larder.jdbc.internal.catalog;

import dev.larder.jdbc.internal.analysis.BodyFacts.Given;
import dev.larder.jdbc.internal.analysis.BodyFacts.Insertion;
import dev.larder.jdbc.internal.analysis.Operand;
import dev.larder.jdbc.internal.analysis.Verb;
import dev.larder.jdbc.internal.rows.ColumnKind;
import dev.larder.jdbc.internal.rows.RowsWritten;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables that are written by nothing but INSERTs in triggers of the rows that a statement
 * writes, and the values which those rows give them. Used once, by one thread.
 */
final class TriggerWrites {

  /*
   * A trigger that runs after a row is written has it as it was and as it became. What it inserts of a column of it is therefore
   * among the values that the column has in the rows that the statement writes, as far as those are known. A trigger of the
   * statement has no row, and inserts nulls.
   */

  /**
   * What writes a table.
   *
   * @param body of a routine; null for anything else
   */
  private record Writer(@Nullable RoutineKey routine, @Nullable Definition body, Verb verb) {}

  private final CatalogueContents contents;
  private final ParsedDefinitions definitions;
  private final Map<Relation, Set<Writer>> writers = new LinkedHashMap<>();
  private final Map<RoutineKey, Set<Relation>> triggers = new HashMap<>();
  private final Set<RoutineKey> called = new HashSet<>();
  private boolean lost;

  TriggerWrites(CatalogueContents contents, ParsedDefinitions definitions) {
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
    writer(relation, new Writer(routine, body, verb));
  }

  /** Something else does. */
  void wrote(Relation relation, Verb verb) {
    writer(relation, new Writer(null, null, verb));
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
    List<RowsWritten> found = new ArrayList<>();
    Relation written = contents.relation(rows.table());
    if (lost || written == null || contents.families().members(rows.table()).size() != 1) {
      return found;
    }
    writers.forEach(
        (table, by) -> {
          Set<String> altered = direct.alteredByInsert(table);
          boolean alone = contents.families().members(table.name()).size() == 1;
          if (alone
              && altered != null
              && by.stream().allMatch(writer -> isTriggerOf(writer, written))) {
            List<RowsWritten.OfColumn> columns = columns(table, by, written, rows);
            columns.removeIf(each -> altered.contains(CatalogueContents.lower(each.column())));
            if (!columns.isEmpty()) {
              found.add(new RowsWritten(table.name(), columns, null, null));
            }
          }
        });
    return found;
  }

  private boolean isTriggerOf(Writer writer, Relation written) {
    RoutineKey routine = writer.routine();
    return routine != null
        && writer.verb() == Verb.INSERT
        && !called.contains(routine)
        && Set.of(written).equals(triggers.get(routine));
  }

  private List<RowsWritten.OfColumn> columns(
      Relation table, Set<Writer> by, Relation written, RowsWritten rows) {
    Map<String, RowsWritten.OfColumn> columns = null;
    for (Writer writer : by) {
      List<Insertion> insertions = insertions(writer.body(), table);
      if (insertions.isEmpty()) {
        return new ArrayList<>();
      }
      for (Insertion insertion : insertions) {
        Map<String, RowsWritten.OfColumn> given = given(insertion, table, written, rows);
        columns = columns == null ? given : inBoth(columns, given);
      }
    }
    return columns == null ? new ArrayList<>() : new ArrayList<>(columns.values());
  }

  /** What a body inserts into a table; none where that is not told. */
  private List<Insertion> insertions(@Nullable Definition body, Relation table) {
    List<Insertion> found = new ArrayList<>();
    if (body != null) {
      for (Insertion insertion : definitions.body(body).insertions()) {
        List<Relation> tables = contents.relations(insertion.table(), body.path());
        if (tables.contains(table)) {
          if (tables.size() > 1) {
            return List.of();
          }
          found.add(insertion);
        }
      }
    }
    return found;
  }

  private static Map<String, RowsWritten.OfColumn> given(
      Insertion insertion, Relation table, Relation written, RowsWritten rows) {
    Map<String, RowsWritten.OfColumn> columns = new HashMap<>();
    for (Given given : insertion.given()) {
      String name = given.column();
      Column column = name == null ? table.columns().at(given.place()) : table.columns().find(name);
      Column source = written.columns().find(given.source());
      if (column != null && source != null && !column.follows()) {
        for (RowsWritten.OfColumn known : rows.columns()) {
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
