package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.ledger.RowKey;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.internal.admission.TemplateAdmission;
import dev.larder.jdbc.internal.ahead.HotAnswers;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.eligibility.CacheableRead;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.pin.LookUp;
import dev.larder.jdbc.internal.pin.TableReader;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.planning.DatabaseContext;
import dev.larder.jdbc.internal.planning.StatementPlanning;
import dev.larder.jdbc.internal.prefetch.Batch;
import dev.larder.jdbc.internal.prefetch.Guess;
import dev.larder.jdbc.internal.result.QueryResult;
import dev.larder.jdbc.internal.store.CacheKey;
import dev.larder.jdbc.internal.store.Entry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The one entry for every statement of a data source: from the text to a plan, and with that to
 * memory or to the database. Thread-safe.
 */
public final class StatementExecutor {

  private final DatabaseContext database;
  private final StatementPlanning planning;
  private final CachedRead reads;
  private final DatabaseReads databaseReads;
  private final StatementRunner runner;

  public StatementExecutor(
      DatabaseContext database,
      StatementPlanning planning,
      CachedRead reads,
      DatabaseReads databaseReads,
      StatementRunner runner) {
    this.database = database;
    this.planning = planning;
    this.reads = reads;
    this.databaseReads = databaseReads;
    this.runner = runner;
  }

  public DatabaseContext database() {
    return database;
  }

  public StatementPlanning planning() {
    return planning;
  }

  /** What runs statements that are more than a query, and everything that may commit. */
  public StatementRunner runner() {
    return runner;
  }

  /** The age that answers may have. */
  public AnswerAge age() {
    return reads.age();
  }

  /** Answers a query, from memory or from a node. */
  public QueryResult query(StatementPlan plan, LogicalConnection connection, QueryRequest query)
      throws SQLException {
    return reads.read(plan, connection, query);
  }

  /**
   * Runs a query again whose answer came from memory, because only the driver's own result can say
   * {@code what} was asked of it.
   */
  public ResultSet askAgain(
      StatementPlan plan, LogicalConnection connection, QueryRequest query, String what)
      throws SQLException {
    return databaseReads.askAgain(plan, connection, query, what);
  }

  /**
   * Loads an answer that nobody has asked for yet, in a session that has set nothing.
   *
   * @param key what it is kept by, frozen
   * @return whether it can be asked for in this session
   */
  public boolean loadAhead(CachedStatement text, CacheKey key, LogicalConnection connection)
      throws SQLException {
    HotAnswers hot = reads.hot();
    return hot != null && loadAhead(text, key, connection, hot::loadedAhead);
  }

  private boolean loadAhead(
      CachedStatement text,
      CacheKey key,
      LogicalConnection connection,
      BiConsumer<CacheKey, Entry> kept)
      throws SQLException {
    StatementPlan plan = planning.plan(text, connection);
    if (!(plan instanceof CacheableRead read)) {
      return false;
    }
    try (RepeatedQuery query = new RepeatedQuery(text, key, connection)) {
      return reads.loadAhead(read, connection, query, kept);
    }
  }

  /** Runs a query that is likely to be asked for next, in a session that has set nothing. */
  public void load(Guess guess, LogicalConnection connection) throws SQLException {
    PrefetchedReads next = reads.next();
    if (next != null) {
      loadAhead(
          guess.text(), guess.key(), connection, (key, entry) -> next.keep(guess, key, entry));
    }
  }

  /** Whether memory holds the answer for a key, however old it is. */
  public boolean isInMemory(CachedStatement text, CacheKey key) {
    return reads.isInMemory(text, key);
  }

  /** Reads the rows of a pinned table, in a session that has set nothing. */
  public TableReader.Reading readTable(LookUp lookUp, long maxBytes, LogicalConnection connection)
      throws SQLException {
    return reads.pins() == null
        ? TableReader.Reading.later()
        : reads.pins().read(lookUp, maxBytes, planning, connection);
  }

  /** Loads look-ups that nobody has made yet, in a session that has set nothing. */
  public void load(Batch batch, LogicalConnection connection) throws SQLException {
    PrefetchedReads next = reads.next();
    if (next != null && !hasStopped(batch.like().text().analysis().template())) {
      next.load(batch, admission(batch.like().text()), planning, connection);
    }
  }

  /** The database's time that hits of the text's template have saved so far, in nanoseconds. */
  public double savedNanos(CachedStatement text) {
    return admission(text).measurements().savedNanos();
  }

  /** Counts a query that is run without asking for rows first. */
  public void countBypass(CachedStatement text, StatementPlan plan) {
    databaseReads.countBypass(text, plan);
  }

  /**
   * What an answer to the text follows from in that session, or null where that cannot be proven; a
   * cache above may keep what JDBC's memory cannot.
   *
   * @throws SQLException if the database's catalogue has to be asked and cannot be
   */
  public @Nullable TrackedFootprint footprint(String sql, LogicalConnection connection)
      throws SQLException {
    CachedStatement text = planning.know(sql);
    TrackedFootprint footprint = planning.plan(text, connection).follows();
    return hasStopped(text.analysis().template()) ? null : footprint;
  }

  /**
   * How a query finds the rows of its one table in that session, or null where it depends on more.
   *
   * @throws SQLException if the database's catalogue has to be asked and cannot be
   */
  public @Nullable RowKey rowKey(String sql, LogicalConnection connection) throws SQLException {
    return planning.plan(planning.know(sql), connection).rowKey();
  }

  /** Lets go of what was learnt of texts, templates and definitions; who still asks begins anew. */
  public void forget() {
    planning.forget();
    reads.forget();
  }

  /** What is measured of a text's template. */
  TemplateAdmission admission(CachedStatement text) {
    return reads.admission(text);
  }

  /** Whether an audit has found an answer of this template to differ. */
  public boolean hasStopped(String template) {
    return reads.hasStopped(template);
  }
}
