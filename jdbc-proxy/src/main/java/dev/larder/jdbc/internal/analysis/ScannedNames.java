package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Facts.Obstacle;
import dev.larder.jdbc.internal.analysis.Facts.TableWrite;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The names and verbs that the tokens of a text hold, in the order of the text. Immutable and
 * thread-safe.
 *
 * @param reads every name that stands where a table may be read
 * @param mentions how often a table is named where it may be read
 * @param commonTables the names that WITH clauses define
 * @param writes every table that is written, and how
 * @param functions every function that is called by name
 * @param escaped those of the functions that JDBC's escape calls
 * @param attributes every name behind a dot that may be a function of what stands before it
 * @param obstacles what forbids keeping an answer
 * @param hasUnknownTarget whether there is a data change whose target could not be read
 * @param selectInto where the target of SELECT ... INTO stands
 * @param changesData whether the statement itself changes data, rather than a part of it in
 *     parentheses
 * @param assignsVariable whether a user variable is assigned to
 */
record ScannedNames(
    Set<ObjectName> reads,
    int mentions,
    Set<String> commonTables,
    Set<TableWrite> writes,
    Set<ObjectName> functions,
    Set<ObjectName> escaped,
    Set<Attribute> attributes,
    Set<Obstacle> obstacles,
    boolean hasUnknownTarget,
    OptionalInt selectInto,
    boolean changesData,
    boolean assignsVariable) {

  /** The names of one text in the making. Used by one thread, once. */
  static final class Builder {

    private final Set<ObjectName> reads = new LinkedHashSet<>();
    private int mentions;
    private final Set<String> commonTables = new LinkedHashSet<>();
    private final Set<TableWrite> writes = new LinkedHashSet<>();
    private int targets;
    private final Set<ObjectName> functions = new LinkedHashSet<>();
    private final Set<ObjectName> escaped = new LinkedHashSet<>();
    private Set<Attribute> attributes = Set.of();
    private boolean valueIsTable;
    private final Set<Obstacle> obstacles = new LinkedHashSet<>();
    private boolean unknownTarget;
    private OptionalInt selectInto = OptionalInt.empty();
    private boolean changesData;
    private boolean assignsVariable;

    void read(ObjectName table) {
      reads.add(table);
      mentions++;
    }

    void commonTable(String name) {
      commonTables.add(name);
    }

    /** A target of a data change. */
    void write(ObjectName table, Verb verb) {
      targets++;
      writes.add(new TableWrite(table, verb));
    }

    /** How many targets were written so far, those that were named before included. */
    int targets() {
      return targets;
    }

    /** A table of TRUNCATE, which is no target of the statement around it. */
    void truncate(ObjectName table, Verb verb) {
      writes.add(new TableWrite(table, verb));
    }

    void unknownTarget() {
      unknownTarget = true;
    }

    void function(ObjectName name) {
      functions.add(name);
    }

    void escaped(ObjectName name) {
      functions.add(name);
      escaped.add(name);
    }

    /** A call stands where a table may: its alias names a value that need not be a row. */
    void valueIsTable() {
      valueIsTable = true;
    }

    boolean isValueTable() {
      return valueIsTable;
    }

    void attributes(Set<Attribute> found) {
      attributes = found;
    }

    void obstacle(BypassReason reason, String detail) {
      obstacles.add(new Obstacle(reason, detail));
    }

    /** The first SELECT ... INTO counts. */
    void selectInto(int target) {
      if (selectInto.isEmpty()) {
        selectInto = OptionalInt.of(target);
      }
    }

    void changesData() {
      changesData = true;
    }

    void assignsVariable() {
      assignsVariable = true;
    }

    ScannedNames build() {
      return new ScannedNames(
          Collections.unmodifiableSet(reads),
          mentions,
          Collections.unmodifiableSet(commonTables),
          Collections.unmodifiableSet(writes),
          Collections.unmodifiableSet(functions),
          Collections.unmodifiableSet(escaped),
          attributes,
          Collections.unmodifiableSet(obstacles),
          unknownTarget,
          selectInto,
          changesData,
          assignsVariable);
    }
  }
}
