package dev.larder.jdbc.internal.catalog;

import dev.larder.invalidation.TableName;
import java.util.Set;

/** What a statement may change, after the catalogue had its say. Immutable and thread-safe. */
public sealed interface WriteSet {

  /** These tables and no others, triggers and cascades included; empty where nothing is written. */
  record Tables(Set<TableName> tables) implements WriteSet {
    public Tables {
      tables = Set.copyOf(tables);
    }
  }

  /**
   * Any table.
   *
   * @param why what could not be proven
   */
  record Everything(String why) implements WriteSet {}
}
