package dev.larder.jdbc.internal.admission;

/**
 * A clock that is stopped as one miss passes its stations. Used by one thread.
 *
 * <p>What is measured is elapsed time: to ask for a thread's processor time is a call of the
 * system.
 */
public final class LoadMeasurement {

  /*
   * Capturing reads each value from the driver, which the application would have done, and the
   * application then reads it from memory instead. Of scans of a thousand rows some six tenths of
   * the time that capturing takes come on top of what reading the driver's result would have taken.
   * A byte that is kept has to be collected again. Both are estimates.
   */

  private static final double OF_CAPTURE = 0.6;
  private static final double NANOS_PER_BYTE = 0.25;

  private final TemplateAdmission admission;
  private final long beganAt = System.nanoTime();
  private long sentAt;
  private long answeredAt;

  LoadMeasurement(TemplateAdmission admission) {
    this.admission = admission;
  }

  /** The database is asked now. */
  public void sending() {
    sentAt = System.nanoTime();
  }

  /** The database has answered, and the answer is captured now. */
  public void answered() {
    answeredAt = System.nanoTime();
  }

  /**
   * The answer is kept, or not.
   *
   * @param bytes what is kept; 0 for nothing
   */
  public void ended(long bytes) {
    if (sentAt == 0 || answeredAt == 0) {
      return;
    }
    long now = System.nanoTime();
    double own = sentAt - beganAt + (now - answeredAt) * OF_CAPTURE + bytes * NANOS_PER_BYTE;
    admission.loaded(answeredAt - sentAt, (long) own, bytes);
  }
}
