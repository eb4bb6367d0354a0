package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.Explanation;
import dev.larder.jdbc.internal.ask.AnswerTable;
import dev.larder.jdbc.internal.ask.Question;
import dev.larder.jdbc.internal.ask.ShownText;
import dev.larder.jdbc.internal.connection.StatementFate;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.execution.Explainer;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.planning.CachedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What Larder answers itself to a text on a connection. Thread-safe: has no state. */
final class OwnAnswers {

  private OwnAnswers() {}

  /**
   * Answers, without sending anything to the database.
   *
   * @throws SQLException 42601 for what cannot be asked; whatever comes of asking for the
   *     catalogue, where a text is to be explained and it is not at hand
   */
  static AnswerTable to(Question question, ConnectionContext connection) throws SQLException {
    if (question instanceof Question.Show show) {
      return connection.source.respondent().answer(show);
    } else if (question instanceof Question.Explain explain) {
      return explained(connection, explain.sql());
    } else if (question instanceof Question.ExplainLast) {
      return last(connection);
    }
    throw new SQLSyntaxErrorException(((Question.Misspelt) question).problem(), "42601");
  }

  /** Refuses to run a question as what has no rows. */
  static void requireForDatabase(CachedStatement text) throws SQLException {
    if (text.question() != null) {
      throw new SQLFeatureNotSupportedException(
          "Larder answers this itself, with rows: ask by executeQuery or execute, of a statement"
              + " or a prepared statement",
          "0A000");
    }
  }

  private static AnswerTable explained(ConnectionContext connection, String sql)
      throws SQLException {
    StatementExecutor executor = connection.executor();
    Explanation explanation = Explainer.explain(executor, connection, sql);
    return new AnswerTable()
        .text("statement")
        .flag("cached")
        .text("reason", "detail", "tables", "functions", "explanation")
        .row(
            shown(executor.planning().know(sql)),
            explanation.cached(),
            name(explanation.reason()),
            explanation.detail(),
            list(explanation.tables()),
            list(explanation.functions()),
            explanation.toString());
  }

  private static AnswerTable last(ConnectionContext connection) {
    AnswerTable answer =
        new AnswerTable().text("statement", "outcome", "reason", "detail", "tables", "explanation");
    CachedStatement text = connection.latest();
    StatementExecutor executor = connection.source.executorIfKnown();
    StatementFate fate = connection.outcome().fate();
    BypassReason reason = connection.outcome().reason();
    StatementPlan plan = text == null ? null : text.latestPlan();
    if (text == null || executor == null || plan == null) {
      boolean nothing = fate == StatementFate.MEMORY;
      return answer.row(
          text == null ? null : shown(text),
          nothing ? "nothing was executed on this connection yet" : fate.words(),
          name(reason),
          null,
          null,
          reason == null ? null : reason.sentence());
    }
    Explanation explanation = Explainer.explain(executor, text, plan);
    boolean isOfText = reason != null && reason == explanation.reason();
    return answer.row(
        shown(text),
        fate.words(),
        name(reason),
        reason == null || isOfText ? explanation.detail() : null,
        list(explanation.tables()),
        reason == null || isOfText
            ? explanation.toString()
            : "Not from memory this time: " + reason.sentence() + ". As a rule: " + explanation);
  }

  /** The text without values; its template where that has none, or what stands for it. */
  private static String shown(CachedStatement text) {
    if (text.question() != null) {
      return "a question to Larder";
    }
    return text.analysis().mayShowLiterals()
        ? ShownText.HIDDEN
        : ShownText.of(text.analysis().template());
  }

  private static @Nullable String name(@Nullable BypassReason reason) {
    return reason == null ? null : reason.name();
  }

  private static String list(Collection<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }
}
