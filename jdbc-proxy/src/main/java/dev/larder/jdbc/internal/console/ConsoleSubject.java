package dev.larder.jdbc.internal.console;

import dev.larder.jdbc.Statistics;

/**
 * A data source as its console sees it: never a bind value, a literal or a secret. Implementations
 * are thread-safe.
 */
public interface ConsoleSubject {

  /** What it reads from, without secrets. */
  String name();

  /**
   * What {@code SHOW LARDER} answers, without the database: a JSON array of the rows, each an
   * object with the columns' names.
   *
   * @param words what follows SHOW LARDER, such as {@code queries by missed limit 20}
   * @throws IllegalArgumentException where that cannot be shown, saying what can be
   */
  String show(String words);

  /** What was counted so far. */
  Statistics statistics();

  /** Forgets what depends on a table, by the name that a statement would write. */
  void forgetTable(String table);

  /**
   * Forgets the answers to a template.
   *
   * @param id as the queries are shown with
   * @return how many answers there were
   */
  long forgetTemplate(String id);

  /** Forgets every answer. */
  void forgetEverything();
}
