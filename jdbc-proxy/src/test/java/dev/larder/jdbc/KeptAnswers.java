package dev.larder.jdbc;

import dev.larder.testkit.TestDatabase;
import java.util.Properties;

/**
 * Data sources that see every writer and keep every answer, so that a test can say what is kept.
 */
public final class KeptAnswers {

  private KeptAnswers() {}

  /**
   * One over a database.
   *
   * @param settings further ones, or others, each a name and a value
   */
  public static LarderDataSource over(TestDatabase database, String... settings) {
    Properties all = new Properties();
    all.setProperty("larder.writers", "this-jvm");
    all.setProperty("larder.admission", "always");
    for (int i = 0; i < settings.length; i += 2) {
      all.setProperty(settings[i], settings[i + 1]);
    }
    return LarderDataSource.wrap(database.dataSource(), all);
  }
}
