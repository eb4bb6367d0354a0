package dev.larder.jdbc.internal.admission;

import dev.larder.jdbc.internal.memory.HeapSize;
import dev.larder.jdbc.internal.store.BoundedCache;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** The admissions of a data source's templates. Thread-safe. */
public final class AdmissionPolicy {

  /** A template that is let go begins anew, as one that was never met. */
  private static final long MEMORY_BYTES = 4L << 20;

  /** With its stamp a ghost takes some 200 bytes. */
  private static final int MOST_GHOSTS = 16_384;

  private final BoundedCache<String, TemplateAdmission> templates =
      new BoundedCache<>(
          MEMORY_BYTES,
          (template, admission) ->
              (int) HeapSize.string(template.length()) + TemplateAdmission.WEIGHT,
          TemplateAdmission::retire);

  private final AtomicInteger ghostsLeft = new AtomicInteger(MOST_GHOSTS);
  private final LongSupplier nanoTime;

  /** A policy by the JVM's clock. */
  public AdmissionPolicy() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime as {@link System#nanoTime()}
   */
  AdmissionPolicy(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The admission of a template: one object while it is remembered. */
  public TemplateAdmission of(String template) {
    TemplateAdmission known = templates.find(template);
    if (known == null) {
      known = new TemplateAdmission(new GhostList(ghostsLeft), nanoTime);
      templates.put(template, known);
    }
    return known;
  }
}
