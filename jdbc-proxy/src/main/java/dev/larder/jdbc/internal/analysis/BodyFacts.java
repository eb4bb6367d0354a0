package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.internal.analysis.Facts.TableWrite;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the text of a procedural body (PL/pgSQL, a MariaDB trigger) may do. Immutable and
 * thread-safe.
 *
 * @param reads every name that may be a table read; variables may be among them
 * @param writes every table that a statement of the body writes
 * @param functions every function it calls by name
 * @param attributes every name behind a dot that may be a function of what stands before it
 * @param locks whether a query of it locks the rows that it reads
 * @param commonTables names that WITH clauses of the body define
 * @param alters the columns of NEW that it may set as a trigger, in lower case; null where that may
 *     be any
 * @param times where it may take a time from the clock by a conversion
 * @param insertions every INSERT of it, where it is a trigger's and all of them are understood;
 *     otherwise none
 * @param unfollowed why its answer may depend on more than its arguments and what it reads, or null
 * @param opaque why it may do more than that, or null where it may not
 */
public record BodyFacts(
    Set<ObjectName> reads,
    Set<TableWrite> writes,
    Set<ObjectName> functions,
    Set<Attribute> attributes,
    boolean locks,
    Set<String> commonTables,
    @Nullable Set<String> alters,
    TimeFacts times,
    List<Insertion> insertions,
    @Nullable String unfollowed,
    @Nullable String opaque) {

  /** A body of which nothing is known. */
  public static BodyFacts opaque(String why) {
    return new BodyFacts(
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        true,
        Set.of(),
        null,
        TimeFacts.UNKNOWN,
        List.of(),
        why,
        why);
  }

  /**
   * An INSERT of one row of values.
   *
   * @param given the columns that get a value of the row which the trigger runs for
   */
  public record Insertion(ObjectName table, List<Given> given) {
    public Insertion {
      given = List.copyOf(given);
    }
  }

  /**
   * A column that gets a value of NEW or OLD.
   *
   * @param column null where it is meant by its place
   * @param place from 0
   * @param source the column of that row
   */
  public record Given(@Nullable String column, int place, String source) {}

  public BodyFacts {
    reads = Set.copyOf(reads);
    writes = Set.copyOf(writes);
    functions = Set.copyOf(functions);
    attributes = Set.copyOf(attributes);
    commonTables = Set.copyOf(commonTables);
    insertions = List.copyOf(insertions);
    alters = alters == null ? null : Set.copyOf(alters);
  }
}
