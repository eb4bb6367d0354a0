package dev.larder.jdbc;

import java.util.List;

/**
 * Settings that cannot be used; the message lists every problem, not only the first. Immutable and
 * thread-safe.
 */
public final class InvalidSettingsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /**
   * @param problems one sentence each: the setting, its value and what is allowed
   */
  public InvalidSettingsException(List<String> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence each: the setting, its value and what is allowed. */
  public List<String> problems() {
    return problems;
  }

  private static String message(List<String> problems) {
    return (problems.size() == 1
            ? "a setting of Larder is wrong"
            : problems.size() + " settings of Larder are wrong")
        + "\n  "
        + String.join("\n  ", problems);
  }
}
