package dev.larder.jdbc.internal.proxy;

import dev.larder.invalidation.ledger.OpenCommit;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.connection.StatementFate;
import dev.larder.jdbc.internal.eligibility.CacheableRead;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.eligibility.UncacheableStatement;
import dev.larder.jdbc.internal.execution.DriverCall;
import dev.larder.jdbc.internal.execution.QueryRequest;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.execution.StatementRunner;
import dev.larder.jdbc.internal.execution.TouchedRows;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.result.QueryResult;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.result.SnapshotCursor;
import dev.larder.jdbc.internal.rows.Execution;
import dev.larder.jdbc.internal.store.ResultShape;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The executions of the statement that an application holds, one by one or in a batch: answered as
 * their plan says, or run with their effects accounted for. Not thread-safe, as a statement is not.
 */
abstract class StatementExecution extends StatementResults {

  /** What the current result answers, while that is from memory and can be asked again. */
  private @Nullable QueryRequest asked;

  StatementExecution(
      ConnectionContext connection, ResultShape shape, Opener<? extends Statement> opener) {
    super(connection, shape, opener);
  }

  StatementExecution(ConnectionContext connection, Statement own) {
    super(connection, own);
  }

  /** Closes what the previous execution left open. */
  final void startOver() throws SQLException {
    requireOpen();
    startServing();
    startAnew();
    asked = null;
  }

  /** Rows for a query that this statement runs. */
  final ResultSet query(QueryRequest query) throws SQLException {
    try {
      StatementExecutor executor = connection.executorFor(query.text());
      return executor == null
          ? ownAnswer(query.text())
          : query(executor, plan(executor, query.text()), query);
    } finally {
      connection.serving(null);
    }
  }

  private ResultSet query(StatementExecutor executor, StatementPlan plan, QueryRequest query)
      throws SQLException {
    CachedStatement text = query.text();
    boolean hasEffects = !plan.effects().isNone();
    if (hasEffects && text.question() != null) {
      return ownAnswer(text);
    }
    connection.begins(executor, text, plan);
    if (hasEffects) {
      runs(executor, text, plan);
      return opened(run(plan, query::run));
    }
    asked = query;
    QueryResult answer = executor.query(plan, connection, query);
    if (answer instanceof Snapshot snapshot) {
      connection.given(text, snapshot);
    }
    return opened(answer);
  }

  /** What Larder answers itself. */
  private ResultSet ownAnswer(CachedStatement text) throws SQLException {
    return openedOwn(OwnAnswers.to(Objects.requireNonNull(text.question()), connection));
  }

  /** What an execution does that begins now. */
  private StatementPlan begin(CachedStatement text) throws SQLException {
    OwnAnswers.requireForDatabase(text);
    StatementExecutor executor = connection.executor();
    StatementPlan plan = plan(executor, text);
    connection.begins(executor, text, plan);
    connection.became(StatementFate.DATABASE, whyNot(plan));
    return plan;
  }

  /** A statement goes to the database that has effects, or is asked for no rows. */
  private void runs(StatementExecutor executor, CachedStatement text, StatementPlan plan) {
    executor.countBypass(text, plan);
    connection.became(StatementFate.DATABASE, whyNot(plan));
  }

  private static @Nullable BypassReason whyNot(StatementPlan plan) {
    return plan instanceof UncacheableStatement statement ? statement.reason() : null;
  }

  @Override
  public final ResultSet askAgain(SnapshotCursor cursor, String what) throws SQLException {
    QueryRequest query = asked;
    if (query == null || !isCurrent(cursor)) {
      throw new SQLException("The statement of this result was told to ask for another", "24000");
    }
    // It has its time anew: the application was answered in the first.
    startTime();
    StatementExecutor executor = connection.executor();
    ResultSet own = executor.askAgain(plan(executor, query.text()), connection, query, what);
    return new LiveResultSet(own, this, connection);
  }

  /** What was asked last can no longer be asked again as it was. */
  final void askedOtherwise() {
    asked = null;
  }

  /** What an execution now would do. */
  private StatementPlan plan(StatementExecutor executor, CachedStatement text) throws SQLException {
    return narrowed(connection.plan(executor, text), text);
  }

  private StatementPlan narrowed(StatementPlan plan, CachedStatement text) {
    return plan.effects().dependOnValues() ? plan.of(values(text)) : plan;
  }

  private Execution values(CachedStatement text) {
    return new Execution(text.analysis().literals(), parameters());
  }

  /** The parameters as they are set now. */
  BoundValues parameters() {
    return BoundValues.NONE;
  }

  /** Whether there are rows, for a text that this statement runs by {@code execution}. */
  final boolean execute(QueryRequest query, StatementRunner.Call<Boolean> execution)
      throws SQLException {
    boolean rows;
    try {
      StatementExecutor executor = connection.executorFor(query.text());
      if (executor == null) {
        ownAnswer(query.text());
        return true;
      }
      StatementPlan plan = plan(executor, query.text());
      if (plan instanceof CacheableRead || query.text().question() != null) {
        query(executor, plan, query);
        return true;
      }
      connection.begins(executor, query.text(), plan);
      runs(executor, query.text(), plan);
      rows = execute(plan, () -> within(execution));
    } finally {
      connection.serving(null);
    }
    if (rows) {
      opened(delegate().getResultSet());
    }
    return rows;
  }

  private boolean execute(StatementPlan plan, StatementRunner.Call<Boolean> execution)
      throws SQLException {
    return connection
        .executor()
        .runner()
        .run(
            connection,
            plan,
            new DriverCall<>(
                execution, parameterTexts(plan), commitHolder(plan), this::touchedRows));
  }

  private long touchedRows(boolean answersWithRows) {
    Statement own = driverStatementIfOpen();
    try {
      return answersWithRows || own == null ? TouchedRows.UNKNOWN : own.getUpdateCount();
    } catch (SQLException untold) {
      return TouchedRows.UNKNOWN;
    }
  }

  /** Runs a text whose effects count, whatever it answers. */
  final <T> T effective(CachedStatement text, StatementRunner.Call<T> execution)
      throws SQLException {
    try {
      return run(begin(text), () -> within(execution));
    } finally {
      connection.serving(null);
    }
  }

  private <T> T run(StatementPlan plan, StatementRunner.Call<T> execution) throws SQLException {
    return connection
        .executor()
        .runner()
        .run(
            connection,
            plan,
            new DriverCall<>(execution, parameterTexts(plan), commitHolder(plan), TouchedRows::of));
  }

  /** Only what is set may be set to one of them. */
  private IntFunction<@Nullable String> parameterTexts(StatementPlan plan) {
    return plan.effects().session().isEmpty() ? DriverCall.NO_PARAMETERS : parameterTexts();
  }

  /** A statement with parameters answers with their texts, for SELECT set_config(?, ?, false). */
  IntFunction<@Nullable String> parameterTexts() {
    return DriverCall.NO_PARAMETERS;
  }

  /** MariaDB, and others that may, send rows while the statement is still at work. */
  private @Nullable Consumer<OpenCommit> commitHolder(StatementPlan plan) throws SQLException {
    if (fetchSize() == 0 || !connection.mayStream()) {
      return null;
    }
    // What may commit by itself is a call, which may go on after its first result.
    boolean endsWithResult = !plan.isSeveral() && !plan.effects().commits();
    return open -> connection.lease().openWork().hold(open, this, endsWithResult);
  }

  final boolean executeUncached(String sql, StatementRunner.Call<Boolean> execution)
      throws SQLException {
    startOver();
    CachedStatement text = connection.know(sql);
    if (text.question() != null) {
      ownAnswer(text);
      return true;
    }
    StatementPlan plan = plan(connection.executor(), text);
    connection.executes(text);
    connection.became(StatementFate.DATABASE, whyNot(plan));
    boolean rows = execute(plan, execution);
    if (rows) {
      opened(delegate().getResultSet());
    }
    return rows;
  }

  // A batch.

  final void addToBatch(CachedStatement text) throws SQLException {
    StatementPlan plan = connection.plan(text);
    DatabaseWork work = databaseWork();
    Batch batch = work.batch;
    if (batch == null) {
      batch = new Batch();
      work.batch = batch;
    }
    batch.add(plan, () -> values(text));
  }

  final void forgetBatch() {
    DatabaseWork work = databaseWorkIfAny();
    if (work != null) {
      work.batch = null;
    }
  }

  final <T> T runBatch(StatementRunner.Call<T> execution) throws SQLException {
    startOver();
    DatabaseWork work = databaseWorkIfAny();
    Batch added = work == null ? null : work.takeBatch();
    connection.executes(null);
    connection.became(StatementFate.DATABASE, BypassReason.SEVERAL_STATEMENTS);
    try {
      return added == null ? execution.run() : run(added.together(), () -> within(execution));
    } finally {
      connection.serving(null);
    }
  }
}
