package dev.larder.jdbc.internal.settings;

/** Who writes to the database. Immutable and thread-safe. */
public enum Writers {
  /** Programs that Larder cannot see may write at any time. */
  ANYONE,
  /** Only processes that run Larder and share a source. */
  LARDER_NODES,
  /** Only this process, through Larder. */
  THIS_JVM
}
