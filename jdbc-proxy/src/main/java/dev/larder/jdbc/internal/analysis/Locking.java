package dev.larder.jdbc.internal.analysis;

import java.util.Locale;

/**
 * What a statement does to the locks that its session holds. Immutable and thread-safe; in the
 * order of how much has to be reckoned with.
 */
public enum Locking {
  /** It takes no lock that outlives it, or only on rows that it writes. */
  NOTHING,
  /** It gives up, for certain, every lock that the session holds beyond its transactions. */
  RELEASES,
  /** It takes, or may take, locks that are held until the transaction ends. */
  TRANSACTION,
  /** It takes, or may take, locks that the session holds until it gives them up. */
  SESSION;

  /** What has to be reckoned with of this and another, whichever comes first. */
  public Locking and(Locking other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** Whether it may have taken a lock. */
  public boolean takes() {
    return compareTo(TRANSACTION) >= 0;
  }

  /** What a call of that function does, as far as the product's own functions are concerned. */
  public static Locking ofFunction(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("pg_advisory_xact_lock")
        || lower.startsWith("pg_try_advisory_xact_lock")) {
      return TRANSACTION;
    }
    boolean session =
        lower.startsWith("pg_advisory_lock")
            || lower.startsWith("pg_try_advisory_lock")
            || lower.equals("get_lock");
    return session ? SESSION : NOTHING;
  }

  /** Whether a function of that name gives up all that others of its kind have taken. */
  static boolean releasesAll(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("pg_advisory_unlock_all") || lower.equals("release_all_locks");
  }
}
