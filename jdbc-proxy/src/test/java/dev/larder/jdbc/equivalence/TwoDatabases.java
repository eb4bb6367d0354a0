package dev.larder.jdbc.equivalence;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import dev.larder.jdbc.Statistics;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Two fresh databases of one product, one reached directly and one through Larder. One thread. */
final class TwoDatabases implements AutoCloseable {

  /** How the two are reached. */
  enum Way {
    /** All through Larder. */
    WHOLE,
    /** The third connection goes past Larder: a mutant, which must be found. */
    THIRD_CONNECTION_PAST_LARDER
  }

  /** H2's catalogue does not say what Java code does. */
  private static final String H2_FUNCTIONS =
      "bump=writes(PUBLIC.LOG); total=reads(PUBLIC.T1);"
          + LogTrigger.class.getName()
          + "=writes(PUBLIC.LOG)";

  private final Product product;
  private final TestDatabase rawDatabase;
  private final TestDatabase larderDatabase;
  private final LarderDataSource larder;
  private final Side raw;
  private final Side cached;
  private final List<Step> script = new ArrayList<>();
  private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
  private int reads;

  TwoDatabases(Product product, Way way, boolean serverPrepared) {
    this.product = product;
    rawDatabase = fresh(product);
    larderDatabase = fresh(product);
    DataSource below = source(larderDatabase, serverPrepared);
    DataSource direct = source(rawDatabase, serverPrepared);
    larder =
        LarderDataSource.builder()
            .dataSource(below)
            .setting(Setting.WRITERS, "this-jvm")
            .setting(Setting.ADMISSION, "always")
            .setting(Setting.REFRESH, "on")
            .setting(Setting.REFRESH_MAX_LOAD, "1")
            .setting(Setting.TABLES_PIN, "*")
            .setting(Setting.STALE_ON_ERROR, "1s")
            .setting(Setting.POOL_CONNECTION_TIMEOUT, "5s")
            .setting(Setting.FUNCTIONS, product == Product.H2 ? H2_FUNCTIONS : "")
            .build();
    raw = new Side(product, number -> direct);
    cached =
        new Side(
            product,
            number ->
                number == Step.DIRECT || (way == Way.THIRD_CONNECTION_PAST_LARDER && number == 2)
                    ? below
                    : larder);
  }

  private static TestDatabase fresh(Product product) {
    TestDatabase database = Databases.fresh(product);
    switch (product) {
      case POSTGRESQL ->
          database.execute("alter database " + database.name() + " set lock_timeout = '20ms'");
      // H2 2.5.252 gives a view's result again although its own transaction has changed the table.
      case H2 -> database.execute("set default_lock_timeout 20", "set optimize_reuse_results 0");
      case MARIADB, MYSQL -> {}
    }
    return database;
  }

  private static DataSource source(TestDatabase database, boolean serverPrepared) {
    DataSource source = database.dataSource();
    try {
      if (source instanceof org.postgresql.ds.PGSimpleDataSource postgres) {
        postgres.setPrepareThreshold(serverPrepared ? 2 : 0);
        // A second for table locks, because InnoDB's own threads hold them for a moment.
        // MariaDB's server forgets how to run some prepared statements after definitions changed.
      } else if (source instanceof com.mysql.cj.jdbc.MysqlDataSource mysql) {
        mysql.setUrl(
            database.url() + "?sessionVariables=innodb_lock_wait_timeout=1,lock_wait_timeout=1");
      } else if (source instanceof org.mariadb.jdbc.MariaDbDataSource mariadb) {
        mariadb.setUrl(
            database.url()
                + (database.url().contains("?") ? "&" : "?")
                + "sessionVariables=innodb_lock_wait_timeout=0,lock_wait_timeout=1");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return source;
  }

  /** Performs a step on both sides; the difference if there is one. */
  @Nullable Difference perform(Step step) {
    script.add(step);
    if (step instanceof Step.Run run && run.by() == Step.By.QUERY) {
      reads++;
    }
    ScheduledFuture<?> end = watch.schedule(this::endWhatNeverEnds, 1, TimeUnit.MINUTES);
    Outcome direct = raw.perform(step);
    Outcome through = cached.perform(step);
    end.cancel(false);
    last = direct;
    if (abandoned) {
      return null;
    }
    if (direct.isMariaDbLockTimeout() != through.isMariaDbLockTimeout()) {
      abandoned = true;
      return null;
    }
    return direct.matches(through)
            || metaDataWasAskedTooLate(step, direct)
            || (product == Product.MYSQL && PlanTypes.matches(direct, through))
        ? null
        : new Difference(script, direct, through);
  }

  /**
   * PostgreSQL's driver asks the server for the metadata of a result that is open when it is first
   * read, and is refused in a failed transaction. A stored answer has its metadata with it.
   */
  private static boolean metaDataWasAskedTooLate(Step step, Outcome direct) {
    return step instanceof Step.Do act
        && act.act() == Step.Act.READ_WHAT_IS_OPEN
        && "25P02".equals(direct.sqlState());
  }

  /** H2 2.5.252 may look for a row's lock for ever; only the end of its database ends that. */
  private void endWhatNeverEnds() {
    abandoned = true;
    rawDatabase.execute("shutdown immediately");
    larderDatabase.execute("shutdown immediately");
  }

  private Outcome last = Outcome.DONE;
  private volatile boolean abandoned;

  /** Whether one side alone met a lock, so that there is nothing left to compare. */
  boolean isAbandoned() {
    return abandoned;
  }

  /** What the database answered to the last step. */
  Outcome last() {
    return last;
  }

  /** How many queries were performed. */
  int reads() {
    return reads;
  }

  int steps() {
    return script.size();
  }

  Statistics statistics() {
    return larder.statistics();
  }

  /** Performs a script until a step differs. */
  static @Nullable Difference firstDifference(
      Product product, Way way, boolean serverPrepared, List<Step> script) {
    try (TwoDatabases two = new TwoDatabases(product, way, serverPrepared)) {
      for (Step step : script) {
        Difference difference = two.perform(step);
        if (difference != null || two.isAbandoned()) {
          return difference;
        }
      }
      return null;
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
    try (rawDatabase;
        larderDatabase;
        larder) {
      raw.close();
      cached.close();
    } catch (SQLException e) {
      if (!abandoned) {
        throw new IllegalStateException(e);
      }
    }
  }
}
