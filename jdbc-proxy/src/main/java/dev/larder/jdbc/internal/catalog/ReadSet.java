package dev.larder.jdbc.internal.catalog;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.bind.TimesBeside;
import dev.larder.jdbc.internal.rows.RowsRead;
import java.util.List;
import java.util.Set;

/** What a query's answer depends on, after the catalogue had its say. Immutable and thread-safe. */
public sealed interface ReadSet {

  /**
   * The answer follows from these tables and the session's settings alone.
   *
   * @param times parameters whose values may make it follow the current date
   * @param rows for some of the tables, which of their rows and columns are enough
   */
  record Tables(Set<TableName> tables, List<RowsRead.OfTable> rows, List<TimesBeside> times)
      implements ReadSet {
    public Tables {
      tables = Set.copyOf(tables);
      rows = List.copyOf(rows);
      times = List.copyOf(times);
    }

    /** Tables of which nothing more is known. */
    public Tables(Set<TableName> tables) {
      this(tables, List.of(), List.of());
    }
  }

  /** The answer may depend on something else. */
  record Refused(BypassReason reason, String detail) implements ReadSet {}
}
