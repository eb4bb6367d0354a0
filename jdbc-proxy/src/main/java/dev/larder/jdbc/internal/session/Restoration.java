package dev.larder.jdbc.internal.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The way to bring a physical connection back to what it held before anybody set anything on it.
 * Implementations are immutable and thread-safe.
 */
public interface Restoration {

  /** Nothing is known to bring anything back. */
  Restoration NONE = name -> null;

  /** The statement that brings a setting back, or null where none is known to. */
  @Nullable String statement(String name);

  /**
   * The statements that bring these settings back, or null where one of them is not known to be
   * brought back by anything.
   */
  default @Nullable List<String> statements(Set<String> names) {
    List<String> statements = new ArrayList<>();
    for (String name : new TreeSet<>(names)) {
      String statement = statement(name);
      if (statement == null) {
        return null;
      }
      statements.add(statement);
    }
    return statements;
  }

  /** The settings that somebody made up of which it is known what they held, if anything. */
  default Set<String> asked() {
    return Set.of();
  }
}
