package dev.larder.examples.bookshop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.examples.bookshop.Workload.Length;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Statistics;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A short run of the bookshop on H2")
final class BookshopRunTest {
  private static final int REQUESTS = 4_000;
  private static final int THREADS = 3;
  private static final Length ALL = new Length.Exactly(REQUESTS);
  private static final long SEED = Long.getLong("larder.test.seed", 7);

  private final Requests requests = new Requests(Size.CORNER, SEED);
  private ShopDatabase database;
  private Pool pool;
  private TruthCheck truth;

  @BeforeEach
  void openTheShop() throws Exception {
    System.out.println("replay with -Dlarder.test.seed=" + SEED);
    database = freshShop("shop");
    pool = new Pool(database, THREADS);
    truth = new TruthCheck(database.dataSource());
  }

  @AfterEach
  void closeTheShop() throws Exception {
    truth.close();
    pool.close();
    database.close();
  }

  @Test
  void withoutLarderEveryRequestReachesTheDatabase() throws Exception {
    Workload.Result result = visit(pool.dataSource(), pool.dataSource());

    assertThat((Throwable) result.firstFailure()).isNull();
    assertThat(result.requests()).isEqualTo(REQUESTS);
    assertThat(result.hits()).isZero();
    assertThat(pool.counts().statements()).isGreaterThanOrEqualTo(REQUESTS);
    assertThat(pool.counts().borrowed()).isGreaterThanOrEqualTo(REQUESTS);
    assertThat(truth.findings().wrong()).isZero();
  }

  @Test
  void withLarderManyReadsNeverReachItAndNoneIsWrong() throws Exception {
    try (LarderDataSource larder = LarderDataSource.wrap(pool.dataSource(), settings())) {
      Workload.Result result = visit(larder, larder);

      assertThat((Throwable) result.firstFailure()).isNull();
      assertThat(result.requests()).isEqualTo(REQUESTS);
      assertThat(result.hits()).isPositive();
      Statistics statistics = larder.statistics();
      assertThat(statistics.hits() + statistics.joinedFlights())
          .isGreaterThanOrEqualTo(result.hits());
      assertThat(pool.counts().statements()).isLessThan(REQUESTS);
      assertThat(pool.counts().borrowed()).isLessThan(REQUESTS);
      assertThat(truth.findings().compared()).isPositive();
      assertThat(truth.findings().wrong()).as(truth.findings().firstWrong()).isZero();
    }
  }

  @Test
  void withoutServingItForetellsWhatServingAnswers() throws Exception {
    long served;
    // What is worth being kept is measured, and on a busy machine not twice the same.
    Properties serving = settings();
    serving.setProperty("larder.admission", "always");
    try (LarderDataSource larder = LarderDataSource.wrap(pool.dataSource(), serving)) {
      served = workload(larder, larder).run(0, ALL, (done, share) -> {}).hits();
    }
    closeTheShop();
    openTheShop();
    Properties shadow = new Properties();
    shadow.putAll(serving);
    shadow.setProperty("larder.serve", "off");
    try (LarderDataSource larder = LarderDataSource.wrap(pool.dataSource(), shadow)) {
      Workload.Result result = workload(larder, larder).run(0, ALL, (done, share) -> {});
      long foretold = larder.statistics().bypasses().getOrDefault(BypassReason.NOT_SERVED, 0L);
      assertThat(result.hits()).isZero();
      assertThat(foretold).isBetween(served * 9 / 10, served * 11 / 10).isPositive();
    }
  }

  @Test
  void theCheckFindsWritersThatGoPastLarderAgainstItsSetting() throws Exception {
    try (LarderDataSource larder = LarderDataSource.wrap(pool.dataSource(), settings())) {
      visit(larder, database.dataSource());

      assertThat(truth.findings().wrong()).isPositive();
      assertThat(truth.findings().firstWrong()).contains("answered", "in truth");
    }
  }

  @Test
  void theCheckFindsReadersThatGetAnOldCopy() throws Exception {
    try (ShopDatabase oldCopy = freshShop("old-copy")) {
      visit(oldCopy.dataSource(), pool.dataSource());

      assertThat(truth.findings().wrong()).isPositive();
    }
  }

  private Workload.Result visit(DataSource forReads, DataSource forWrites) throws Exception {
    Workload workload = workload(forReads, forWrites);
    Workload.Result result = workload.run(0, ALL, (done, share) -> {});
    workload.checkAgain(0, 500, (done, share) -> {});
    return result;
  }

  private Workload workload(DataSource forReads, DataSource forWrites) {
    return new Workload(requests, THREADS, forReads, forWrites, pool.statements(), truth);
  }

  private Properties settings() {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.functions", database.kind().declaredFunctions());
    return settings;
  }

  private static ShopDatabase freshShop(String name) throws Exception {
    ShopDatabase database = ShopDatabase.start(ShopDatabase.Kind.H2, name);
    new Bookshop(Size.CORNER, SEED, (rows, of) -> {}).build(database);
    return database;
  }
}
