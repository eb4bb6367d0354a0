package dev.larder.jdbc.equivalence;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the generator believes is in the database. For one thread. */
final class Model {

  record Column(String name, Kind kind) {}

  /**
   * A table or view. The first column of a table is {@code id}, its primary key.
   *
   * @param writable whether rows can be written through it
   * @param parent the table its column {@code ref} refers to, or null
   */
  record Relation(
      String name, List<Column> columns, boolean table, boolean writable, @Nullable String parent) {
    Relation {
      columns = List.copyOf(columns);
    }

    List<Column> beyondKey() {
      return columns.subList(1, columns.size());
    }

    Relation with(List<Column> other) {
      return new Relation(name, other, table, writable, parent);
    }
  }

  private final List<Relation> relations = new ArrayList<>();
  private int names;

  void add(Relation relation) {
    relations.add(relation);
  }

  void remove(Relation relation) {
    relations.remove(relation);
  }

  void replace(Relation old, Relation fresh) {
    relations.set(relations.indexOf(old), fresh);
  }

  List<Relation> all() {
    return relations;
  }

  List<Relation> tables() {
    return relations.stream().filter(Relation::table).toList();
  }

  List<Relation> writable() {
    return relations.stream().filter(Relation::writable).toList();
  }

  List<Relation> views() {
    return relations.stream().filter(relation -> !relation.table()).toList();
  }

  String freshName(String stem) {
    return stem + ++names;
  }

  List<Relation> save() {
    return List.copyOf(relations);
  }

  void restore(List<Relation> saved) {
    relations.clear();
    relations.addAll(saved);
  }
}
