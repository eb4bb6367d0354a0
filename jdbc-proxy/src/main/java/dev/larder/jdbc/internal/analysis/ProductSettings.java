package dev.larder.jdbc.internal.analysis;

import java.util.Set;

/** What is known of the settings that each product's sessions have. Stateless. */
public final class ProductSettings {

  private ProductSettings() {}

  /**
   * Whether a setting is known by its whole name to alter no answer.
   *
   * @param name in lower case
   */
  public static boolean isNeutral(Dialect dialect, String name) {
    return switch (dialect) {
      case POSTGRESQL -> PostgresSettings.isNeutral(name);
      case MARIADB -> MariaDbSettings.NEUTRAL.contains(name);
      case H2, OTHER -> false;
    };
  }

  /** MariaDB's variables that alter answers, and so are read where a session begins. */
  public static Set<String> keyedOfMariaDb() {
    return MariaDbSettings.KEYED;
  }

  /** MariaDB's variables that do not, but are brought back when a session ends. */
  public static Set<String> neutralOfMariaDb() {
    return MariaDbSettings.NEUTRAL;
  }
}
