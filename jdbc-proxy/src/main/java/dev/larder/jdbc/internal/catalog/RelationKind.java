package dev.larder.jdbc.internal.catalog;

/** What stands behind a name that can be read. Immutable and thread-safe. */
public enum RelationKind {
  /** A table whose changes follow its transactions. */
  TABLE,
  /** A view: its own rows are those of the relations it reads. */
  VIEW,
  /** A materialised view: a table that only REFRESH writes. */
  MATERIALIZED_VIEW,
  /** Foreign tables, sequences, non-transactional engines: changes cannot be followed. */
  UNTRACKABLE,
  /** Visible to one session only. */
  TEMPORARY,
  /** Part of the database's own catalogue. */
  SYSTEM
}
