package dev.larder.jdbc.internal.planning;

import dev.larder.jdbc.internal.admission.AdmissionPolicy;
import dev.larder.jdbc.internal.admission.TemplateAdmission;
import dev.larder.jdbc.internal.observe.QueryFigures;
import org.jspecify.annotations.Nullable;

/**
 * What texts share that mean the same but for their literals: the latest plan, and whether their
 * answers are worth keeping. Thread-safe.
 */
final class SharedPlan {

  private final String template;

  /** Most applications have one search path, and definitions seldom change. */
  private volatile CachedStatement.@Nullable Planned latest;

  private volatile @Nullable TemplateAdmission admission;

  /** Null until the database has run one of its texts. */
  private volatile @Nullable QueryFigures figures;

  SharedPlan(String template) {
    this.template = template;
  }

  CachedStatement.@Nullable Planned latest() {
    return latest;
  }

  void latest(CachedStatement.Planned planned) {
    latest = planned;
  }

  /** One object while the policy remembers the template. */
  TemplateAdmission admission(AdmissionPolicy policy) {
    TemplateAdmission known = admission;
    if (known == null) {
      known = policy.of(template);
      admission = known;
    }
    return known;
  }

  /** What the database did for it; two threads at the first may count one less. */
  QueryFigures figures() {
    QueryFigures known = figures;
    if (known == null) {
      known = new QueryFigures();
      figures = known;
    }
    return known;
  }

  @Nullable QueryFigures figuresIfAny() {
    return figures;
  }

  @Nullable TemplateAdmission admissionIfAny() {
    return admission;
  }

  boolean isPassive() {
    TemplateAdmission known = admission;
    return known != null && known.isPassive();
  }
}
