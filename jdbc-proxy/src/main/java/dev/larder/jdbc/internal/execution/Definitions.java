package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.Stamp;
import dev.larder.jdbc.internal.catalog.Catalogue;
import org.jspecify.annotations.Nullable;

/**
 * A catalogue with the ledger's word on whether it still holds. Immutable and thread-safe.
 *
 * @param catalogue null where there is none to be had
 * @param stamp where the ledger's definitions stood before the catalogue was read; null where it
 *     does not matter
 */
record Definitions(@Nullable Catalogue catalogue, @Nullable Stamp stamp, long readAtNanos) {

  /** Definitions that hold for as long as nothing better is known. */
  static final Definitions NONE = new Definitions(null, null, 0);

  boolean areCurrent() {
    return stamp == null || stamp.isCurrent();
  }
}
