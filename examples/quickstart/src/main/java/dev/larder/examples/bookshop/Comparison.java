package dev.larder.examples.bookshop;

import dev.larder.examples.bookshop.Workload.Length;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.LarderDataSource;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import javax.sql.DataSource;

/**
 * The runs: without Larder, with Larder that does not serve yet and forecasts, and with Larder.
 * Each opens a freshly built shop, warms up, measures, and checks once more what is in memory when
 * all is quiet. For one thread.
 */
final class Comparison {
  private static final int QUESTIONS_AT_THE_END = 2_000;
  private static final String FORECAST = "Larder, larder.serve=off";

  private final Options options;
  private final ShopDatabase database;
  private final PrintStream out;
  private final boolean terminal;

  /** How many requests each phase of a run had. */
  private record Phases(Length warmUp, Length measured) {}

  /**
   * All runs.
   *
   * @param forecast the run with {@code larder.serve=off}, with what it foretold as its hits
   */
  record Outcome(Report.Run plain, Report.Run forecast, Report.Run larder) {
    boolean clean() {
      return clean(plain) && clean(forecast) && clean(larder);
    }

    private static boolean clean(Report.Run run) {
      return run.findings().wrong() == 0 && run.result().failures() == 0;
    }
  }

  Comparison(Options options, ShopDatabase database, PrintStream out, boolean terminal) {
    this.options = options;
    this.database = database;
    this.out = out;
    this.terminal = terminal;
  }

  /** Runs for a time without Larder, then the same requests with it, not serving and serving. */
  Outcome run() throws SQLException, InterruptedException {
    Phases timed =
        new Phases(new Length.For(options.time().dividedBy(4)), new Length.For(options.time()));
    Visits plain = runPlain(timed);
    Phases same =
        new Phases(
            new Length.Exactly(plain.warmUp().requests()),
            new Length.Exactly(plain.run().result().requests()));
    return new Outcome(plain.run(), runShadow(same).run(), runLarder(same).run());
  }

  private record Visits(Workload.Result warmUp, Report.Run run) {}

  private Visits runPlain(Phases phases) throws SQLException, InterruptedException {
    build("HikariCP");
    try (Pool pool = new Pool(database, options.threads())) {
      return visit("HikariCP", pool, pool.dataSource(), phases);
    }
  }

  /** The database answers everything; what memory would have answered is counted as hits. */
  private Visits runShadow(Phases phases) throws SQLException, InterruptedException {
    build(FORECAST);
    Properties shadow = settings();
    shadow.setProperty("larder.serve", "off");
    try (Pool pool = new Pool(database, options.threads());
        LarderDataSource larder = LarderDataSource.wrap(pool.dataSource(), shadow)) {
      return visit(FORECAST, pool, larder, phases);
    }
  }

  private Visits runLarder(Phases phases) throws SQLException, InterruptedException {
    build("Larder");
    try (Pool pool = new Pool(database, options.threads());
        LarderDataSource larder = LarderDataSource.wrap(pool.dataSource(), withConsole())) {
      return visit("Larder", pool, larder, phases);
    }
  }

  private Properties settings() {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    // To compare answers, all of them; by default those are kept that spare the database time.
    settings.setProperty("larder.admission", "always");
    settings.setProperty("larder.functions", database.kind().declaredFunctions());
    return settings;
  }

  /** The log says the console's address, and it is there while this run lasts. */
  private Properties withConsole() {
    Properties settings = settings();
    settings.setProperty("larder.console.port", String.valueOf(freePort()));
    return settings;
  }

  /** A port that nobody listens on; 0, which means no console, where none can be had. */
  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      return 0;
    }
  }

  private void build(String name) throws SQLException {
    Progress progress = new Progress(out, terminal, name + ": opening the shop");
    long start = System.nanoTime();
    Bookshop shop =
        new Bookshop(options.size(), options.seed(), (r, of) -> progress.at(r / (double) of, ""));
    long rows = shop.build(database);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    progress.done(
        String.format(Locale.ROOT, "%,d rows in 14 tables, %.1f s", rows, took.toMillis() / 1e3));
  }

  private Visits visit(String name, Pool pool, DataSource shop, Phases phases)
      throws SQLException, InterruptedException {
    Requests requests = new Requests(options.size(), options.seed());
    try (TruthCheck truth = new TruthCheck(database.dataSource())) {
      Workload workload =
          new Workload(requests, options.threads(), shop, shop, pool.statements(), truth);
      Workload.Result warmUp = step(name + ": warming up", workload, 0, phases.warmUp());
      Pool.Counts before = pool.counts();
      long notServedBefore = notServed(shop);
      Workload.Result result =
          step(name + ": measuring", workload, warmUp.requests(), phases.measured());
      result = result.withMoreHits(notServed(shop) - notServedBefore);
      Pool.Counts counts = pool.counts().since(before);
      Progress checking = new Progress(out, terminal, name + ": comparing");
      workload.checkAgain(
          warmUp.requests(), QUESTIONS_AT_THE_END, (done, share) -> checking.at(share, ""));
      checking.done("%,d answers with the database's".formatted(truth.findings().compared()));
      return new Visits(warmUp, new Report.Run(result, counts, truth.findings()));
    }
  }

  private static long notServed(DataSource shop) {
    return shop instanceof LarderDataSource larder
        ? larder.statistics().bypasses().getOrDefault(BypassReason.NOT_SERVED, 0L)
        : 0;
  }

  private Workload.Result step(String words, Workload workload, long first, Length length)
      throws InterruptedException {
    Progress progress = new Progress(out, terminal, words);
    Workload.Result result =
        workload.run(
            first, length, (done, share) -> progress.at(share, "%,d requests".formatted(done)));
    progress.done(
        String.format(
            Locale.ROOT,
            "%,d requests, %.1f s",
            result.requests(),
            result.elapsed().toMillis() / 1e3));
    return result;
  }
}
