package dev.larder.invalidation;

import dev.larder.invalidation.ledger.Footprint;

/**
 * Something that can change as one: the unit a footprint depends on and a change set names.
 * Immutable and thread-safe.
 *
 * <p>A new kind of scope (a row, a column) is a new record here and a rule in {@link Footprint} and
 * {@link ChangeSet}; the ledger's protocol is the same for all.
 */
public sealed interface Scope {

  /** Every table of the database. Part of every footprint. */
  record Everything() implements Scope {}

  /**
   * What tables, views, triggers, functions and rights there are: what a catalogue is read from.
   */
  record Definitions() implements Scope {}

  /** All rows of one table. */
  record Table(TableName table) implements Scope {}

  /** What the application named with a {@code larder(tag=...)} hint. */
  record Tag(String tag) implements Scope {}

  /** The one {@link Everything}. */
  Scope EVERYTHING = new Everything();

  /** The one {@link Definitions}. */
  Scope DEFINITIONS = new Definitions();
}
