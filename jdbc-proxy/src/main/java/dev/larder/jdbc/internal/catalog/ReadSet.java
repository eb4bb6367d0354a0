package dev.larder.jdbc.internal.catalog;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.BypassReason;
import java.util.Set;

/** What a query's answer depends on, after the catalogue had its say. Immutable and thread-safe. */
public sealed interface ReadSet {

  /** The answer follows from these tables and the session's settings alone. */
  record Tables(Set<TableName> tables) implements ReadSet {
    public Tables {
      tables = Set.copyOf(tables);
    }
  }

  /** The answer may depend on something else. */
  record Refused(BypassReason reason, String detail) implements ReadSet {}
}
