package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.internal.analysis.Facts.TableWrite;
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
    @Nullable String unfollowed,
    @Nullable String opaque) {

  /** A body of which nothing is known. */
  public static BodyFacts opaque(String why) {
    return new BodyFacts(
        Set.of(), Set.of(), Set.of(), Set.of(), true, Set.of(), null, TimeFacts.UNKNOWN, why, why);
  }

  public BodyFacts {
    reads = Set.copyOf(reads);
    writes = Set.copyOf(writes);
    functions = Set.copyOf(functions);
    attributes = Set.copyOf(attributes);
    commonTables = Set.copyOf(commonTables);
    alters = alters == null ? null : Set.copyOf(alters);
  }
}
