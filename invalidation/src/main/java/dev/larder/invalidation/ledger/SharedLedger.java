package dev.larder.invalidation.ledger;

import dev.larder.invalidation.Invalidation;
import dev.larder.invalidation.TableName;
import java.util.Optional;
import java.util.Set;

/**
 * What a DataSource with a ledger offers to another cache above it. Found by {@code unwrap} on the
 * DataSource or on a connection; implementations are thread-safe.
 */
public interface SharedLedger {

  /** The ledger; empty before the first connection told which database this is. */
  Optional<Ledger> ledger();

  /**
   * The tables that the answer of a query follows from, as the catalogue spells them, for a session
   * that has set nothing; empty where that cannot be proven or not be asked now, or where the
   * settings exclude one.
   */
  Optional<Set<TableName>> tables(String query);

  /**
   * How a query that equals one column to its one parameter finds its rows, for a session that has
   * set nothing; empty where its answer may follow from other rows too, or that cannot be asked
   * now.
   */
  Optional<RowKey> rowKey(String query);

  /** A stamp of the definitions that these are answered from; empty before there are any. */
  Optional<Stamp> definitions();

  /** The hooks of the DataSource. */
  Invalidation invalidation();

  /**
   * How old an answer may be that is served from memory, for the sake of writers that nobody sees;
   * {@link Long#MAX_VALUE} where there are none.
   */
  long maxAgeNanos();

  /**
   * The same for an answer with that footprint, now: {@link Long#MAX_VALUE} also while a source
   * proves that it reports those writers. Ask it on every hit, because a source may fall silent.
   */
  long maxAgeNanos(TrackedFootprint footprint);
}
