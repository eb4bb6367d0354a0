package dev.larder.jdbc.internal.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement changes in the session that runs it, when it succeeds. Immutable and
 * thread-safe.
 */
public sealed interface SessionEffect {

  /**
   * A setting gets a value. Settings known not to alter an answer are reported as no effect at all.
   *
   * @param name the setting in lower case; {@code role}, {@code session_authorization}, {@code
   *     schema}, {@code timezone} for the statements with a syntax of their own
   * @param value what identifies the value: literals by their text, parameters by position
   * @param local true where it lasts until the end of the transaction (SET LOCAL, set_config(..,
   *     true))
   */
  record Set(String name, List<Value> value, boolean local) implements SessionEffect {
    public Set {
      value = List.copyOf(value);
    }
  }

  /** A setting returns to what the session began with (RESET x, SET x TO DEFAULT). */
  record Reset(String name) implements SessionEffect {}

  /**
   * Every setting returns to what the session began with, role included only if {@code roleToo}
   * (DISCARD ALL).
   */
  record ResetAll(boolean roleToo) implements SessionEffect {}

  /** The session may now hold temporary objects that shadow others. */
  record CreatesTemporary() implements SessionEffect {}

  /**
   * The session holds something that a pool must not lend on (LISTEN, PREPARE, an advisory lock, a
   * cursor WITH HOLD).
   */
  record LeavesResidue(String what) implements SessionEffect {}

  /** The session's state can no longer be known. */
  record Unknown(String why) implements SessionEffect {}

  /** A part of a setting's value: a literal's text, or the parameter (from 1) that holds it. */
  record Value(@Nullable String literal, int parameter) {
    public static Value literal(String text) {
      return new Value(text, 0);
    }

    public static Value parameter(int position) {
      return new Value(null, position);
    }
  }
}
