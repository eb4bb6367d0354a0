package dev.larder.jdbc.internal.source;

import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes that hear of each other through the database's log. */
class TwoNodesTest {

  private static String[] logical(TestDatabase database) {
    return new String[] {
      "larder.invalidation.postgres",
      "logical",
      "larder.max-staleness",
      TwoNodes.BOUND_MILLIS + "ms",
      "larder.invalidation.postgres.url",
      Elsewhere.withUser(database, database.url())
    };
  }

  @Test
  @Tag("long")
  void overLogicalReplication() throws Exception {
    try (TestDatabase database = Databases.postgres()) {
      TwoNodes.run(database, logical(database), 10);
    }
  }
}
