package dev.larder.jdbc.internal.planning;

import dev.larder.invalidation.ledger.Stamp;
import dev.larder.jdbc.internal.catalog.Catalogue;
import dev.larder.jdbc.internal.catalog.ChangeResolver;
import org.jspecify.annotations.Nullable;

/**
 * A catalogue with the ledger's word on whether it still holds. Immutable and thread-safe.
 *
 * @param catalogue null where there is none to be had
 * @param stamp where the ledger's definitions stood before the catalogue was read; null where it
 *     does not matter
 * @param fingerprint of the definitions just before they were read; null where there is none
 */
public record CatalogueVersion(
    @Nullable Catalogue catalogue,
    @Nullable Stamp stamp,
    long readAtNanos,
    @Nullable String fingerprint) {

  /** Definitions that hold for as long as nothing better is known. */
  public static final CatalogueVersion NONE = new CatalogueVersion(null, null, 0, null);

  /**
   * Which definitions something was made from, without what they say. Immutable and thread-safe.
   *
   * @param wereRead whether there were any to be had
   */
  record Edition(boolean wereRead, @Nullable Stamp stamp, long readAtNanos) {

    /** Whether they were read and are still the database's. */
    boolean hold() {
      return wereRead && (stamp == null || stamp.isCurrent());
    }
  }

  /** What follows from changes, by these definitions. */
  public ChangeResolver changes() {
    return new ChangeResolver(catalogue);
  }

  Edition edition() {
    return new Edition(catalogue != null, stamp, readAtNanos);
  }

  boolean areCurrent() {
    return stamp == null || stamp.isCurrent();
  }

  /**
   * Whether that fingerprint was taken by the same user as this one, so that a difference means
   * that definitions have changed: users see different parts of them.
   */
  public boolean isComparable(String otherFingerprint) {
    return fingerprint != null && viewer(fingerprint).equals(viewer(otherFingerprint));
  }

  /** Whether these are known to be other definitions than those, as the same user sees them. */
  boolean differFrom(CatalogueVersion others) {
    String other = others.fingerprint;
    return other != null && isComparable(other) && !other.equals(fingerprint);
  }

  /** Empty where it does not matter who asks. */
  private static String viewer(String fingerprint) {
    return fingerprint.substring(0, Math.max(0, fingerprint.lastIndexOf(' ')));
  }
}
