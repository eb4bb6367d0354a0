package dev.larder.jdbc.internal.prefetch;

import java.sql.SQLException;

/** Loads answers that nobody has asked for yet. Implementations are thread-safe. */
@FunctionalInterface
public interface BatchLoader {

  /**
   * Loads all of one by one statement, in a session that has set nothing; what comes of it is told
   * to {@link WaitingAnswers}.
   */
  void load(Batch batch) throws SQLException;
}
