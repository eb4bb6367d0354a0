package dev.larder.jdbc.internal.admission;

import dev.larder.jdbc.internal.memory.HeapSize;
import dev.larder.jdbc.internal.store.BoundedCache;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.LongSupplier;

/** The admissions of a data source's templates. Thread-safe. */
public final class AdmissionPolicy {

  /** A template that is let go begins anew, as one that was never met. */
  private static final long MEMORY_BYTES = 4L << 20;

  /** With its stamp a ghost takes some 200 bytes. */
  private static final int MOST_GHOSTS = 16_384;

  /** What hits saved is counted with a template's misses; of those without, once in a while. */
  private static final long SETTLED_FOR_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final BoundedCache<String, TemplateAdmission> templates =
      new BoundedCache<>(
          MEMORY_BYTES,
          (template, admission) ->
              (int) HeapSize.string(template.length()) + TemplateAdmission.WEIGHT,
          TemplateAdmission::retire);

  private final AtomicInteger ghostsLeft = new AtomicInteger(MOST_GHOSTS);
  private final DoubleAdder saved = new DoubleAdder();
  private final AtomicLong settledAt = new AtomicLong();
  private final LongSupplier nanoTime;
  private final boolean passesOn;

  /**
   * A policy by the JVM's clock.
   *
   * @param passesOn whether templates that do not pay are passed on to the driver; else they are
   *     only measured, for what their answers are worth
   */
  public AdmissionPolicy(boolean passesOn) {
    this(passesOn, System::nanoTime);
  }

  /**
   * @param nanoTime as {@link System#nanoTime()}
   */
  AdmissionPolicy(boolean passesOn, LongSupplier nanoTime) {
    this.passesOn = passesOn;
    this.nanoTime = nanoTime;
    this.settledAt.set(nanoTime.getAsLong() - SETTLED_FOR_NANOS);
  }

  /** The admission of a template: one object while it is remembered. */
  public TemplateAdmission of(String template) {
    TemplateAdmission known = templates.find(template);
    if (known == null) {
      known = new TemplateAdmission(new GhostList(ghostsLeft), passesOn, nanoTime, saved);
      templates.put(template, known);
    }
    return known;
  }

  /** The database's time that hits have saved so far, in nanoseconds; may be a second behind. */
  public double savedNanos() {
    long now = nanoTime.getAsLong();
    long last = settledAt.get();
    if (now - last >= SETTLED_FOR_NANOS && settledAt.compareAndSet(last, now)) {
      templates.values().forEach(TemplateAdmission::measurements);
    }
    return saved.sum();
  }

  /** Lets go of all of them and of their ghosts; whoever still asks begins anew. */
  public void forget() {
    templates.clear();
  }
}
