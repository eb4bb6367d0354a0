package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.util.Properties;

/** Readers among writers for a few seconds; see {@link ReadersAmongWriters}. */
final class ConcurrencySmokeTest {

  private static final long SECONDS = 2;

  @EachDatabase
  void readersSeeWhatTheDatabaseHeld(TestDatabase database) throws Exception {
    long seed = ReadersAmongWriters.seed();
    System.out.println(database.product() + ": -Dlarder.test.seed=" + seed);
    if (database.product() == Product.H2) {
      // H2 answers a session from its last result until the writer has marked the table, which is
      // after its commit can be seen: two plain connections to H2 see a row go back.
      database.execute("set optimize_reuse_results 0");
    }
    ReadersAmongWriters.createTables(database);
    ReadersAmongWriters workload = new ReadersAmongWriters("");
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    try (LarderDataSource larder = LarderDataSource.wrap(database.dataSource(), settings)) {
      workload.run(larder, seed, SECONDS, () -> {});
      Statistics statistics = larder.statistics();
      System.out.printf(
          "%s: %d reads, %d writes, %d hits, %d stores, %d joined flights%n",
          database.product(),
          workload.reads(),
          workload.writes(),
          statistics.hits(),
          statistics.stores(),
          statistics.joinedFlights());
      assertThat(workload.violations()).as("seed %d", seed).isEmpty();
      assertThat(statistics.hits()).as("the cache took part").isPositive();
      assertThat(statistics.failures()).isZero();
    }
  }
}
