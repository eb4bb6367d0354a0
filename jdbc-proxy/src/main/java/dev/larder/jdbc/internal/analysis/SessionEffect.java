package dev.larder.jdbc.internal.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement changes in the session that runs it, when it succeeds. Immutable and
 * thread-safe.
 */
public sealed interface SessionEffect {

  /**
   * A setting gets a value that may alter an answer.
   *
   * @param name the setting in lower case; {@code role}, {@code session_authorization}, {@code
   *     schema}, {@code timezone} for the statements with a syntax of their own
   * @param value what identifies the value: literals by their text, parameters by position; empty
   *     where it cannot be told
   * @param local true where it lasts until the end of the transaction (SET LOCAL, set_config(..,
   *     true))
   * @param obscures true where nothing of the session is cached while the setting has this value:
   *     it cannot be told, or it decides how later texts are read
   */
  record Set(String name, List<Value> value, boolean local, boolean obscures)
      implements SessionEffect {
    public Set {
      value = List.copyOf(value);
    }

    public Set(String name, List<Value> value, boolean local) {
      this(name, value, local, false);
    }

    /** A setting gets a value that cannot be told. */
    public static Set untold(String name, boolean local) {
      return new Set(name, List.of(), local, true);
    }
  }

  /**
   * A setting that is known by its whole name to alter no answer gets a value for the session: no
   * part of the key, but nothing that the next user of the connection may find.
   */
  record Neutral(String name) implements SessionEffect {}

  /** A setting returns to what the session began with (RESET x, SET x TO DEFAULT). */
  record Reset(String name) implements SessionEffect {}

  /**
   * Every setting returns to what the session began with, role included only if {@code roleToo}
   * (DISCARD ALL).
   */
  record ResetAll(boolean roleToo) implements SessionEffect {}

  /**
   * All sessions of the server will read its configuration again, some of them only after this
   * statement was answered (pg_reload_conf).
   */
  record ReloadsDefaults() implements SessionEffect {}

  /** The session may now hold temporary objects that shadow others. */
  record CreatesTemporary() implements SessionEffect {}

  /**
   * The session holds something that a pool must not lend on (LISTEN, PREPARE, an advisory lock, a
   * cursor WITH HOLD).
   */
  record LeavesResidue(String what) implements SessionEffect {}

  /** The session's state can no longer be known. */
  record Unknown(String why) implements SessionEffect {}

  /**
   * A part of a setting's value: a literal's text, or the parameter (from 1) that holds it.
   *
   * @param list whether the text is itself a list of names, as set_config takes a search path
   */
  record Value(@Nullable String literal, int parameter, boolean list) {
    public static Value literal(String text) {
      return new Value(text, 0, false);
    }

    public static Value parameter(int position) {
      return new Value(null, position, false);
    }

    public Value asList() {
      return new Value(literal, parameter, true);
    }
  }
}
