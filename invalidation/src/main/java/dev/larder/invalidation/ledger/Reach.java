package dev.larder.invalidation.ledger;

import dev.larder.invalidation.Scope;
import dev.larder.invalidation.TableName;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables of which a source reports every change. Immutable and thread-safe.
 *
 * <p>A table that is not in it may be reported too; an answer that depends on it lives no longer
 * for that.
 */
public final class Reach {

  /** No table. */
  public static final Reach NOTHING = new Reach(Set.of());

  /** Every table there is or will be. */
  public static final Reach EVERY_TABLE = new Reach(null);

  private final @Nullable Set<TableName> tables;

  private Reach(@Nullable Set<TableName> tables) {
    this.tables = tables;
  }

  /**
   * These tables and no others.
   *
   * @param tables as footprints name them
   */
  public static Reach of(Set<TableName> tables) {
    return new Reach(Set.copyOf(tables));
  }

  boolean includes(Footprint footprint) {
    if (tables == null) {
      return true;
    }
    for (Scope scope : footprint.scopes()) {
      if (scope instanceof Scope.Table table && !tables.contains(table.table())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Reach that && Objects.equals(tables, that.tables);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(tables);
  }

  @Override
  public String toString() {
    return tables == null ? "every table" : tables.size() + " tables";
  }
}
