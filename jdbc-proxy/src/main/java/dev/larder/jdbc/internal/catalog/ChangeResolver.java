package dev.larder.jdbc.internal.catalog;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.Locking;
import dev.larder.jdbc.internal.analysis.ObjectName;
import dev.larder.jdbc.internal.analysis.RowFacts;
import dev.larder.jdbc.internal.analysis.TimeFacts;
import dev.larder.jdbc.internal.analysis.TransactionEffect;
import dev.larder.jdbc.internal.analysis.Verb;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The consequences of changes that somebody else tells of: an application by the hooks, or a source
 * that follows the database. Immutable and thread-safe.
 *
 * @param catalogue null where there is none at hand: then every change is one of everything
 */
public record ChangeResolver(@Nullable Catalogue catalogue) {

  /**
   * Everything that follows from a change to one table, by its triggers and cascades.
   *
   * @param table as SQL would write it, with or without its schema
   */
  public ChangeSet ofTable(String table, SearchPath path) {
    return catalogue != null
            && catalogue.writes(writing(table), path) instanceof WriteSet.Tables tables
        ? ChangeSet.ofTables(tables.tables())
        : ChangeSet.EVERYTHING;
  }

  /**
   * The same for a change to the rows of the table that have a value in a column.
   *
   * @param table as SQL would write it, with or without its schema
   */
  public ChangeSet ofRows(String table, String column, Object value, SearchPath path) {
    if (!(catalogue instanceof RelationalCatalogue known)
        || !(known.writes(writing(table), path) instanceof WriteSet.Tables tables)) {
      return ChangeSet.EVERYTHING;
    }
    ChangeSet changes = ChangeSet.ofTables(tables.tables());
    if (tables.plain().size() != 1) {
      return changes;
    }
    TableName plain = tables.plain().iterator().next();
    RowChange rows = known.rowChange(plain, Map.of(unquoted(column), Set.of(value)));
    return rows == null ? changes : changes.within(plain, rows);
  }

  /**
   * The cells that a change to a table moves, of which a source says what it did: triggers and
   * cascades are reported by themselves. A table that the catalogue does not hold may be a new
   * partition of any other.
   *
   * @param values what columns of the written rows held before or hold now, as the database prints
   *     it; columns of which not all is known are left out
   */
  public ChangeSet reported(TableName table, Map<String, Set<String>> values) {
    if (!(catalogue instanceof RelationalCatalogue known) || !known.holds(table)) {
      return ChangeSet.EVERYTHING;
    }
    ChangeSet changes = ChangeSet.ofTables(known.cells(table));
    RowChange rows = values.isEmpty() ? null : known.rowChange(table, values);
    return rows == null ? changes : changes.within(table, rows);
  }

  /**
   * The same for the log of a whole server, which tells of every schema, of rows that triggers
   * write, and not of those that foreign keys change.
   *
   * @param inserted whether rows were only inserted, from which no foreign key makes anything
   *     follow
   */
  public ChangeSet logged(TableName table, boolean inserted, Map<String, Set<String>> values) {
    if (!(catalogue instanceof RelationalCatalogue known)) {
      return ChangeSet.EVERYTHING;
    }
    if (!known.holds(table) && known.holdsSchema(table.schema())) {
      return ChangeSet.EVERYTHING;
    }
    Set<TableName> cells = new HashSet<>(known.cells(table));
    Set<TableName> cascaded = inserted ? Set.of() : known.cascades(table);
    cells.addAll(cascaded);
    ChangeSet changes = ChangeSet.ofTables(cells);
    RowChange rows =
        values.isEmpty() || cascaded.contains(table) ? null : known.rowChange(table, values);
    return rows == null ? changes : changes.within(table, rows);
  }

  /** The facts of a statement that writes a table in any way. */
  private static Facts writing(String table) {
    int dot = table.lastIndexOf('.');
    ObjectName name =
        dot < 0
            ? ObjectName.of(unquoted(table))
            : ObjectName.of(unquoted(table.substring(0, dot)), unquoted(table.substring(dot + 1)));
    return new Facts(
        Facts.Kind.WRITE,
        Set.of(),
        Set.of(),
        List.of(new Facts.TableWrite(name, Verb.ANY)),
        Set.of(),
        Set.of(),
        Set.of(),
        List.of(),
        List.of(),
        TransactionEffect.NONE,
        RowFacts.NONE,
        Locking.NOTHING,
        TimeFacts.NONE,
        false);
  }

  private static String unquoted(String name) {
    String text = name.strip();
    boolean quoted = text.length() > 1 && "\"`".indexOf(text.charAt(0)) >= 0;
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
