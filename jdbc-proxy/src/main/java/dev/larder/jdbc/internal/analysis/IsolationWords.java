package dev.larder.jdbc.internal.analysis;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** The names of isolation levels in SQL. Stateless. */
public final class IsolationWords {

  /** H2's level between REPEATABLE READ and SERIALIZABLE, as its driver numbers it. */
  private static final int H2_SNAPSHOT = 6;

  private IsolationWords() {}

  /** The level that words after ISOLATION LEVEL name, or null where the statement names none. */
  public static @Nullable Integer in(Statement statement) {
    for (int i = 0; i + 2 < statement.size(); i++) {
      if (statement.says(i, "ISOLATION", "LEVEL")) {
        return level(statement.word(i + 2) + " " + statement.word(i + 3));
      }
    }
    return null;
  }

  /**
   * Whether the statement says SERIALIZABLE, READ ONLY and DEFERRABLE, and nothing that takes one
   * of them back.
   */
  public static boolean safe(Statement statement) {
    Integer level = in(statement);
    boolean readOnly = false;
    for (int i = 0; i + 1 < statement.size(); i++) {
      readOnly |= statement.says(i, "READ", "ONLY");
    }
    return statement.has(SyntaxTrait.DEFERRABLE_TRANSACTIONS)
        && level != null
        && level == Connection.TRANSACTION_SERIALIZABLE
        && readOnly
        && statement.mentions("DEFERRABLE")
        && !statement.mentions("NOT")
        && !statement.mentions("WRITE");
  }

  public static @Nullable Integer level(String words) {
    String level = Tokens.upper(words).replace('-', ' ').strip();
    if (level.startsWith("READ UNCOMMITTED")) {
      return Connection.TRANSACTION_READ_UNCOMMITTED;
    }
    if (level.startsWith("READ COMMITTED")) {
      return Connection.TRANSACTION_READ_COMMITTED;
    }
    if (level.startsWith("REPEATABLE READ")) {
      return Connection.TRANSACTION_REPEATABLE_READ;
    }
    if (level.startsWith("SERIALIZABLE")) {
      return Connection.TRANSACTION_SERIALIZABLE;
    }
    return level.startsWith("SNAPSHOT") ? H2_SNAPSHOT : null;
  }
}
