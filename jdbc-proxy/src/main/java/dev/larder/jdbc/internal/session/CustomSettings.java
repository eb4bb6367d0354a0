package dev.larder.jdbc.internal.session;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of settings that somebody made up ({@code app.tenant}) and that something in the
 * database reads, or a session has set: the server lists them nowhere, so that they have to be
 * asked for by name. Only grows, up to a bound. Thread-safe.
 */
public final class CustomSettings {

  /** Of a module that PostgreSQL loads when it is first used; its operators follow them. */
  private static final Set<String> ALWAYS =
      Set.of(
          "pg_trgm.similarity_threshold",
          "pg_trgm.word_similarity_threshold",
          "pg_trgm.strict_word_similarity_threshold");

  private static final int MOST = 1_000;
  private static final int MOST_SET = 250;

  private volatile Set<String> names = ALWAYS;
  private volatile int count = ALWAYS.size();

  /** Names that definitions read. */
  public void add(Collection<String> more) {
    add(more, MOST);
  }

  /** A name that a session has set. */
  public void add(String name) {
    if (name.indexOf('.') > 0 && !names.contains(name)) {
      add(Set.of(name), MOST_SET);
    }
  }

  private synchronized void add(Collection<String> more, int most) {
    if (names.containsAll(more)) {
      return;
    }
    Set<String> all = new TreeSet<>(names);
    for (String name : more) {
      if (all.size() < most) {
        all.add(name);
      }
    }
    names = all;
    count = all.size();
  }

  Set<String> names() {
    return names;
  }

  /** How many there are: more than before means that somebody has to ask again. */
  public int count() {
    return count;
  }
}
