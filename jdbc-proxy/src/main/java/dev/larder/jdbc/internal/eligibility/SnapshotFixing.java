package dev.larder.jdbc.internal.eligibility;

/**
 * Whether running a query makes a snapshot transaction fix its snapshot, where the server fixes
 * none for a query that it can answer without reading its tables.
 */
public enum SnapshotFixing {
  /** It names no table. */
  NEVER,
  /** Its tables are read whatever they hold. */
  SURELY,
  /** A row that it answers comes out of its tables; without one nobody can tell. */
  BY_A_ROW,
  /** Nobody can tell. */
  UNTOLD
}
