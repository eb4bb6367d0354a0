package dev.larder.hibernate.internal.link;

import dev.larder.invalidation.ChangeListener;
import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Invalidation;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.SourceReport;
import dev.larder.invalidation.ledger.Ledger;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The hooks of a cache that has no Larder DataSource below. Thread-safe. */
final class StandaloneHooks implements Invalidation {

  private final Ledger ledger;

  StandaloneHooks(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void table(String table) {
    ledger.changed(ChangeSet.ofTables(Set.of(SimpleNames.table(table))), Origin.HOOK);
  }

  @Override
  public void rows(String table, String column, Object value) {
    Integer hash = SimpleNames.hash(value);
    if (hash == null) {
      table(table);
      return;
    }
    RowChange rows = new RowChange(Map.of(SimpleNames.column(column), Set.of(hash)), null);
    ledger.changed(ChangeSet.ofRows(SimpleNames.table(table), rows), Origin.HOOK);
  }

  @Override
  public void tag(String tag) {
    ledger.changed(ChangeSet.ofTag(tag), Origin.HOOK);
  }

  @Override
  public void everything() {
    ledger.changed(ChangeSet.EVERYTHING, Origin.HOOK);
  }

  @Override
  public void onChange(ChangeListener listener) {
    ledger.onChange(listener);
  }

  @Override
  public List<SourceReport> sources() {
    return List.of();
  }
}
