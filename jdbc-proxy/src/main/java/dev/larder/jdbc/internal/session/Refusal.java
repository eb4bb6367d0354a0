package dev.larder.jdbc.internal.session;

import java.sql.SQLException;

/**
 * Whether a failed question says something of the database, or only of the moment it was asked in.
 * Stateless and thread-safe.
 */
public final class Refusal {

  private Refusal() {}

  /**
   * Whether the server understood and will say the same the next time: no such function, no right
   * to call it, not supported. A cancel, a time limit, a lock, a lost connection or a full server
   * is none; nothing of those may be remembered as a fact.
   */
  public static boolean is(SQLException failure) {
    String state = failure.getSQLState();
    // H2 has classes of its own from 90 on, which speak of what was asked but for what is gone.
    return state != null
        && (state.startsWith("42") || state.startsWith("0A") || state.equals("90096"));
  }
}
