package dev.larder.jdbc.internal.pin;

import dev.larder.invalidation.ledger.Stamp;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a pinned table. Implementations are thread-safe. */
public interface TableReader {

  /**
   * What came of reading.
   *
   * @param contents null where there are none
   * @param refusal why there will be none; null where it is worth another try
   */
  record Reading(@Nullable Contents contents, @Nullable String refusal) {
    static final Reading LATER = new Reading(null, null);

    /** It is worth another try. */
    public static Reading later() {
      return LATER;
    }

    /** There will be none. */
    public static Reading refused(String why) {
      return new Reading(null, why);
    }
  }

  /** How old an answer with that stamp may be, as sources can prove now. */
  long maxAgeNanos(Stamp stamp);

  /**
   * Reads all rows, in a session that has set nothing.
   *
   * @param maxBytes what they may hold
   */
  Reading read(LookUp lookUp, long maxBytes) throws SQLException;
}
