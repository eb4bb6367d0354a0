package dev.larder.jdbc.internal.planning;

import dev.larder.jdbc.internal.admission.TemplateAdmission;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.observe.QueryFigures;
import org.jspecify.annotations.Nullable;

/**
 * A template of queries that is remembered, for who asks which there are. Immutable; what it leads
 * to is thread-safe.
 *
 * @param template with the marks that stand for literals
 * @param mayShowLiterals whether the template may hold literals, as none were lifted
 * @param plan the latest; null where none was made
 * @param admission null where no answer of it could have been kept so far
 * @param figures null where the database has not run it
 */
public record KnownQuery(
    String template,
    boolean mayShowLiterals,
    @Nullable StatementPlan plan,
    @Nullable TemplateAdmission admission,
    @Nullable QueryFigures figures) {

  static KnownQuery of(String template, boolean mayShowLiterals, SharedPlan shared) {
    CachedStatement.Planned latest = shared.latest();
    return new KnownQuery(
        template,
        mayShowLiterals,
        latest == null ? null : latest.plan(),
        shared.admissionIfAny(),
        shared.figuresIfAny());
  }
}
