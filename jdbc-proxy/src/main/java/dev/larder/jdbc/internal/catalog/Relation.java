package dev.larder.jdbc.internal.catalog;

import dev.larder.invalidation.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table, view or anything else that a name in FROM may mean, with all that the catalogue says of
 * it. Immutable and thread-safe.
 *
 * @param detail what makes it untrackable, or empty
 * @param readsFrom relations that reading it reads, known by identity
 * @param definitions texts that run when it is read: a view's query, policies, computed columns
 * @param calls routines that may run when it is read, known by identity
 * @param dependenciesAreComplete whether {@code readsFrom} and {@code calls} name every user object
 *     of {@code definitions}, so that a text that cannot be parsed still writes nothing unseen
 * @param effects what follows from writing it
 * @param columns of a table; none where they were not read
 */
public record Relation(
    TableName name,
    RelationKind kind,
    String detail,
    Set<TableName> readsFrom,
    List<Definition> definitions,
    Set<RoutineKey> calls,
    boolean dependenciesAreComplete,
    List<Effect> effects,
    Columns columns) {

  public Relation {
    readsFrom = Set.copyOf(readsFrom);
    definitions = List.copyOf(definitions);
    calls = Set.copyOf(calls);
    effects = List.copyOf(effects);
  }

  /** Gathers what several catalogue queries say of one relation. Not thread-safe. */
  public static final class Draft {
    private final TableName name;
    private RelationKind kind;
    private String detail;
    private final boolean dependenciesAreComplete;
    public final Set<TableName> readsFrom = new LinkedHashSet<>();
    public final List<Definition> definitions = new ArrayList<>();
    public final Set<RoutineKey> calls = new LinkedHashSet<>();
    public final List<Effect> effects = new ArrayList<>();
    public final List<Column> columns = new ArrayList<>();

    /** The columns by which rows are best told from each other. */
    public final Set<String> keys = new LinkedHashSet<>();

    /** The columns that alone tell one row from all others. */
    public final Set<String> unique = new LinkedHashSet<>();

    /** The columns that an INSERT means which names none, in their order. */
    public final List<String> places = new ArrayList<>();

    /** The columns of each unique key, by its name, where all of them are known. */
    public final Map<String, Set<String>> uniqueKeys = new HashMap<>();

    Draft(TableName name, RelationKind kind, String detail, boolean dependenciesAreComplete) {
      this.name = name;
      this.kind = kind;
      this.detail = detail;
      this.dependenciesAreComplete = dependenciesAreComplete;
    }

    public TableName name() {
      return name;
    }

    public RelationKind kind() {
      return kind;
    }

    public void untrackable(String why) {
      kind = RelationKind.UNTRACKABLE;
      detail = why;
    }

    Relation finish() {
      return new Relation(
          name,
          kind,
          detail,
          readsFrom,
          definitions,
          calls,
          dependenciesAreComplete,
          effects,
          columns.isEmpty()
              ? Columns.NONE
              : new Columns(columns, keys, unique, places, uniqueKeys.values()));
    }
  }
}
