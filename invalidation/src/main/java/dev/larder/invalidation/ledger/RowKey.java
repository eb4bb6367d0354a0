package dev.larder.invalidation.ledger;

import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ValueHash;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The column by the value of which a query finds all rows that its answer follows from. Immutable
 * and thread-safe.
 *
 * @param column as the ledger's changes name it
 * @param reads the columns that the query reads; null for all
 * @param hashes the {@link ValueHash hash} of a value that the query is asked with, or null where
 *     it cannot be told which rows hold it
 */
public record RowKey(
    TableName table,
    String column,
    @Nullable Set<String> reads,
    Function<Object, @Nullable Integer> hashes) {

  public RowKey {
    reads = reads == null ? null : Set.copyOf(reads);
  }
}
