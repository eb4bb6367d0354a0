package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.Scope;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.Explanation;
import dev.larder.jdbc.internal.admission.TemplateAdmission;
import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.ObjectName;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.eligibility.CacheableRead;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.eligibility.UncacheableStatement;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.rows.RowsWritten;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Says of a text what would be done with it. Thread-safe: has no state. */
public final class Explainer {

  private Explainer() {}

  /** Explains a text for the session of {@code connection}, without running it. */
  public static Explanation explain(
      StatementExecutor executor, LogicalConnection connection, String sql) throws SQLException {
    CachedStatement text = executor.planning().know(sql);
    return explain(executor, text, executor.planning().plan(text, connection));
  }

  /** Explains a text by a plan of it. */
  public static Explanation explain(
      StatementExecutor executor, CachedStatement text, StatementPlan plan) {
    Analysis analysis = text.analysis();
    Set<String> functions = new TreeSet<>();
    for (Facts facts : analysis.statements()) {
      for (ObjectName function : facts.functions()) {
        functions.add(function.toString());
      }
    }
    if (plan instanceof UncacheableStatement statement) {
      return Explanation.bypassed(
          statement.reason(),
          statement.detail().isEmpty() ? touched(statement) : statement.detail(),
          tables(plan.effects().changes().scopes()),
          functions,
          analysis.template());
    }
    CacheableRead read = (CacheableRead) plan;
    Set<String> tables = tables(read.footprint().footprint().scopes());
    if (executor.hasStopped(analysis.template())) {
      return Explanation.bypassed(BypassReason.AUDIT, "", tables, functions, analysis.template());
    }
    TemplateAdmission admission = executor.admission(text);
    return admission.isPassive()
        ? Explanation.bypassed(
            BypassReason.NOT_WORTH_IT, admission.figures(), tables, functions, analysis.template())
        : Explanation.cached(read.rowsInWords(), tables, functions, analysis.template());
  }

  /** The rows that a write touches, where its text says which. */
  private static String touched(UncacheableStatement statement) {
    RowsWritten rows = statement.effects().rows();
    return rows == null ? "" : rows.inWords();
  }

  private static Set<String> tables(Collection<Scope> scopes) {
    Set<String> names = new TreeSet<>();
    for (Scope scope : scopes) {
      if (scope instanceof Scope.Table table) {
        names.add(table.table().toString());
      }
    }
    return names;
  }
}
