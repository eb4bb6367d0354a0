package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.internal.ask.AnswerTable;
import dev.larder.jdbc.internal.connection.PhysicalConnections;
import dev.larder.jdbc.internal.datasource.Products;
import dev.larder.jdbc.internal.execution.CommitOutcome;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.execution.StatementRunner;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.planning.DatabaseContext;
import dev.larder.jdbc.internal.pool.Origin;
import dev.larder.jdbc.internal.pool.Pool;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.SessionBaseline;
import dev.larder.jdbc.internal.session.SessionProfiler;
import dev.larder.jdbc.internal.settings.Settings;
import java.time.Duration;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Connections to a database of H2's in memory, with a pool and what commits, and without anything
 * that plans or caches. Thread-safe.
 */
final class H2Connections implements DatabaseOpener, AutoCloseable {

  private final Pool<PhysicalProfile> pool;
  private final SessionProfiler profiler;
  private final ConnectionSource source;
  private final Counters counters = new Counters();

  H2Connections(String name) {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
    this.profiler =
        new SessionProfiler(
            product -> Products.named(product).sessionProbe(),
            product -> Products.named(product).serverQueries());
    this.pool = new Pool<>(Origin.of(h2), Settings.DEFAULTS.connections().pool(), profiler);
    this.source = new ConnectionSource(h2, pool, profiler, this, question -> new AnswerTable());
  }

  LarderConnection open() throws Exception {
    return source.connection();
  }

  /** The database, once a connection has reached it. */
  DatabaseContext database() throws Exception {
    return source.executor().database();
  }

  int lent() {
    return pool.active();
  }

  long borrows() {
    return pool.borrows();
  }

  @Override
  @SuppressWarnings("NullAway") // nothing is planned or read here
  public StatementExecutor open(SessionBaseline baseline) {
    DatabaseContext database =
        new DatabaseContext(
            Products.named(baseline.rules().product()),
            baseline,
            Settings.DEFAULTS.analysis(),
            counters);
    profiler.under(database.definitions());
    PhysicalConnections lender = pool::borrow;
    StatementRunner runner =
        new StatementRunner(
            database,
            new CommitOutcome(lender, database.server()),
            Duration.ofMinutes(1),
            true,
            counters);
    return new StatementExecutor(database, null, null, null, runner);
  }

  @Override
  public StatementExecutor openUnknown(SessionBaseline baseline) {
    return open(baseline);
  }

  @Override
  public void differs() {
    throw new IllegalStateException("there is one database");
  }

  @Override
  public void reached(PhysicalProfile profile) {}

  @Override
  public void close() {
    pool.close();
  }
}
