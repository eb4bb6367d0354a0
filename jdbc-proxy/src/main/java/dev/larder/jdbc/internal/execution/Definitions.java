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
 * @param fingerprint of the definitions just before they were read; null where there is none
 */
record Definitions(
    @Nullable Catalogue catalogue,
    @Nullable Stamp stamp,
    long readAtNanos,
    @Nullable String fingerprint) {

  /** Definitions that hold for as long as nothing better is known. */
  static final Definitions NONE = new Definitions(null, null, 0, null);

  boolean areCurrent() {
    return stamp == null || stamp.isCurrent();
  }
}
