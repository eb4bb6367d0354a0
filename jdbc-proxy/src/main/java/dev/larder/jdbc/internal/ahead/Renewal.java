package dev.larder.jdbc.internal.ahead;

import java.sql.SQLException;

/** How an answer is loaded once more. Implementations are thread-safe. */
public interface Renewal {

  /** How old it may be, as sources can prove now. */
  long maxAgeNanos(HotAnswer answer);

  /** The database's time that its template's hits have saved so far, in nanoseconds. */
  double savedNanos(HotAnswer answer);

  /**
   * Loads it by the ordinary way of a miss, in a session that has set nothing; what comes of it is
   * told to {@link HotAnswers}.
   *
   * @return whether it is to be loaded again when it is out of date
   */
  boolean renew(HotAnswer answer) throws SQLException;
}
