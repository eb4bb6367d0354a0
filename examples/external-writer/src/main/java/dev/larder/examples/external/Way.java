package dev.larder.examples.external;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import dev.larder.testkit.TestDatabase;

/** How Larder may hear of what others write. Immutable and thread-safe. */
enum Way {
  /** Not at all: an answer is at most {@code larder.max-staleness} old. */
  OFF("off"),
  /** By triggers that notify. */
  NOTIFY("notify"),
  /** By logical replication. */
  LOGICAL("logical");

  final String word;

  Way(String word) {
    this.word = word;
  }

  /** One DataSource; the second setting is all that an application has to do. */
  LarderDataSource over(TestDatabase database) {
    return LarderDataSource.builder()
        .url(database.url())
        .username(database.username())
        .password(database.password())
        .setting(Setting.MAX_STALENESS, "1s")
        .setting(Setting.INVALIDATION_POSTGRES, word)
        .build();
  }
}
