package dev.larder.jdbc.internal.rows;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ChangeSetBuilder;
import dev.larder.invalidation.ValueHashes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that several executions of one statement write: what each of them would say by itself,
 * added up without saying it. Not thread-safe.
 */
public final class RowsTogether {

  private final RowsWritten rows;
  private final RowsWritten.OfColumn[] columns;

  /** By the columns of the rows, in their order; null where any value may have been written. */
  private final ValueHashes.@Nullable Builder[] values;

  private final List<RowsTogether> following = new ArrayList<>();

  public RowsTogether(RowsWritten rows) {
    this.rows = rows;
    this.columns = rows.columns().toArray(RowsWritten.OfColumn[]::new);
    this.values = new ValueHashes.Builder[columns.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = new ValueHashes.Builder();
    }
    rows.following().forEach(each -> following.add(new RowsTogether(each)));
  }

  /** Adds the rows that one execution names. */
  public void add(Execution execution) {
    for (int i = 0; i < values.length; i++) {
      ValueHashes.Builder known = values[i];
      if (known != null
          && (!columns[i].addTo(known, execution) || known.size() > ChangeSetBuilder.MOST_VALUES)) {
        values[i] = null;
      }
    }
    if (!following.isEmpty()) {
      following.forEach(each -> each.add(execution));
    }
  }

  /** {@code changes}, of which those to the tables are to the rows that the executions name. */
  public ChangeSet within(ChangeSet changes) {
    @Nullable ValueHashes[] hashes = new ValueHashes[values.length];
    for (int i = 0; i < values.length; i++) {
      ValueHashes.Builder known = values[i];
      hashes[i] = known == null ? null : known.build();
    }
    ChangeSet within = changes.within(rows.table(), rows.change(hashes));
    for (RowsTogether each : following) {
      within = each.within(within);
    }
    return within;
  }
}
