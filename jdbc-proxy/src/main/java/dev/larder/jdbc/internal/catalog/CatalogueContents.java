package dev.larder.jdbc.internal.catalog;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.analysis.Attribute;
import dev.larder.jdbc.internal.analysis.ObjectName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything a reader found, and what a name in it may mean. Immutable and thread-safe.
 *
 * <p>Names are looked up without regard to case or quotes: a name means every object it could mean,
 * which adds tables to a footprint and never loses one.
 */
public final class CatalogueContents {

  /**
   * A routine that statements may call without naming it: behind an operator, a cast or a domain.
   *
   * @param what the object, as a user would name it
   * @param answers whether it can shape an answer, rather than only check a value
   */
  public record Unnamed(String what, RoutineKey routine, boolean answers) {}

  private final Map<TableName, Relation> relations = new HashMap<>();
  private final Map<String, List<Relation>> relationsByName = new HashMap<>();
  private final Map<RoutineKey, Routine> routines = new HashMap<>();
  private final Map<String, List<Routine>> routinesByName = new HashMap<>();
  private final Families families;
  private final List<Unnamed> unnamed;
  private final BuiltIns builtIns;
  private final boolean holdsEveryRoutine;
  private final Map<String, TypeFamily> types;

  CatalogueContents(
      Iterable<Relation> relations,
      Iterable<Routine> routines,
      Families families,
      List<Unnamed> unnamed,
      BuiltIns builtIns,
      boolean holdsEveryRoutine,
      Map<String, TypeFamily> types) {
    for (Relation relation : relations) {
      this.relations.put(relation.name(), relation);
      relationsByName
          .computeIfAbsent(lower(relation.name().name()), any -> new ArrayList<>(1))
          .add(relation);
    }
    for (Routine routine : routines) {
      this.routines.put(routine.key(), routine);
      routinesByName
          .computeIfAbsent(lower(routine.key().name()), any -> new ArrayList<>(1))
          .add(routine);
    }
    this.families = families;
    this.unnamed = List.copyOf(unnamed);
    this.builtIns = builtIns;
    this.holdsEveryRoutine = holdsEveryRoutine;
    this.types = Map.copyOf(types);
  }

  /** What types that are not built in are where times are concerned, by lower-case name. */
  Map<String, TypeFamily> types() {
    return types;
  }

  BuiltIns builtIns() {
    return builtIns;
  }

  /** Whether no routine is hidden from whoever read this, built-in ones included. */
  boolean holdsEveryRoutine() {
    return holdsEveryRoutine;
  }

  Families families() {
    return families;
  }

  List<Unnamed> unnamed() {
    return unnamed;
  }

  @Nullable Relation relation(TableName name) {
    return relations.get(name);
  }

  /** Whether there is a relation in a schema of this name, whatever its case. */
  boolean holdsSchema(String schema) {
    return relations.keySet().stream().anyMatch(name -> name.schema().equalsIgnoreCase(schema));
  }

  @Nullable Routine routine(RoutineKey key) {
    return routines.get(key);
  }

  boolean isSystemSchema(@Nullable String schema) {
    return schema != null && builtIns.systemSchemas().contains(lower(schema));
  }

  /** Every relation the name may mean; empty where the catalogue holds none. */
  List<Relation> relations(ObjectName name, SearchPath path) {
    List<Relation> found =
        relationsByName.getOrDefault(lower(name.name()), List.of()).stream()
            .filter(relation -> visible(relation.name().schema(), name.schema(), path))
            .toList();
    // Temporary tables belong to one session, which the session itself keeps track of: here they
    // only count where nothing else has the name.
    List<Relation> lasting =
        found.stream().filter(relation -> relation.kind() != RelationKind.TEMPORARY).toList();
    return lasting.isEmpty() ? found : lasting;
  }

  /** Every routine the name may mean, all overloads; empty where the catalogue holds none. */
  List<Routine> routines(ObjectName name, SearchPath path) {
    return routinesByName.getOrDefault(lower(name.name()), List.of()).stream()
        .filter(routine -> visible(routine.key().schema(), name.schema(), path))
        .toList();
  }

  /** Every routine that the attribute may be a call of; empty where it can only be a column. */
  List<Routine> routines(Attribute attribute, SearchPath path) {
    return routines(ObjectName.of(attribute.name()), path).stream()
        .filter(routine -> routine.answersTo(attribute.owner()))
        .toList();
  }

  private boolean visible(String schema, @Nullable String qualifier, SearchPath path) {
    if (qualifier != null) {
      return qualifier.equalsIgnoreCase(schema);
    }
    return path.schemas().isEmpty()
        || Stream.concat(path.schemas().stream(), builtIns.alwaysSearched().stream())
            .anyMatch(schema::equalsIgnoreCase);
  }

  /** The relations of a table's family, as far as the catalogue holds them. */
  List<Relation> family(Relation relation) {
    Set<TableName> members = families.members(relation.name());
    if (members.size() == 1) {
      return List.of(relation);
    }
    List<Relation> found = new ArrayList<>(members.size());
    for (TableName member : members) {
      Relation known = relations.get(member);
      if (known != null) {
        found.add(known);
      }
    }
    return found;
  }

  /**
   * The table that stands for all that share its rows with it, where all have the same columns and
   * reading one runs nothing else; null where that is not so.
   */
  @Nullable Relation standsFor(Relation table) {
    Relation first = relations.get(families.cell(table.name()));
    Set<TableName> members = families.members(table.name());
    if (first == null || family(table).size() != members.size()) {
      return null;
    }
    for (Relation member : family(table)) {
      boolean isPlain =
          member.kind() == RelationKind.TABLE
              && member.definitions().isEmpty()
              && member.readsFrom().isEmpty()
              && member.calls().isEmpty();
      if (!isPlain || (members.size() > 1 && !member.columns().areThoseOf(first.columns()))) {
        return null;
      }
    }
    return first;
  }

  public static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
