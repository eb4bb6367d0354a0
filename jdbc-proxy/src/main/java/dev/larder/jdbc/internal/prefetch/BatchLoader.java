package dev.larder.jdbc.internal.prefetch;

import java.sql.SQLException;

/** Loads answers that nobody has asked for yet. Implementations are thread-safe. */
public interface BatchLoader {

  /**
   * Loads all of one by one statement, in a session that has set nothing; what comes of it is told
   * to {@link WaitingAnswers}.
   */
  void load(Batch batch) throws SQLException;

  /** Loads one by the ordinary way of a miss, like that. */
  void load(Guess guess) throws SQLException;

  /** Whether memory holds it. */
  boolean isInMemory(Guess guess);
}
