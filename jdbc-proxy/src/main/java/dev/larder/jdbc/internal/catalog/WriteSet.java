package dev.larder.jdbc.internal.catalog;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.rows.RowsWritten;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a statement may change, after the catalogue had its say. Immutable and thread-safe. */
public sealed interface WriteSet {

  /**
   * These tables and no others, triggers and cascades included; empty where nothing is written.
   *
   * @param plain those of which the statement writes just the rows that it names, as it says: no
   *     trigger, rule or cascade comes back to them
   * @param rows which rows of one of those it writes, or null where that is not told
   */
  record Tables(Set<TableName> tables, Set<TableName> plain, @Nullable RowsWritten rows)
      implements WriteSet {
    public Tables {
      tables = Set.copyOf(tables);
      plain = Set.copyOf(plain);
    }

    /** Tables of which nothing more is known. */
    public Tables(Set<TableName> tables) {
      this(tables, Set.of(), null);
    }
  }

  /**
   * Any table.
   *
   * @param why what could not be proven
   */
  record Everything(String why) implements WriteSet {}
}
