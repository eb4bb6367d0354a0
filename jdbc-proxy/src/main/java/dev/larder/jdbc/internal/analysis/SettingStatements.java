package dev.larder.jdbc.internal.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a product's statements and functions set what a session has. Implementations are stateless.
 */
public interface SettingStatements {

  /** The facts of a statement that sets something, or null where this is none. */
  @Nullable Facts read(Statement statement);

  /**
   * What a call of a function does to the session beside what any function may do.
   *
   * @param function its name, without its schema and in lower case
   * @param statement the whole statement that calls it
   */
  default List<SessionEffect> ofCall(String function, Statement statement) {
    return List.of();
  }
}
