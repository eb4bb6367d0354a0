package dev.larder.jdbc.internal.result.driver;

import java.sql.SQLFeatureNotSupportedException;

/**
 * The sign that a captured column cannot tell what its driver would answer. Never reaches the
 * application: the driver is asked instead.
 */
public final class Unanswerable extends SQLFeatureNotSupportedException {

  private static final long serialVersionUID = 1L;

  public Unanswerable() {
    super("Only the driver can answer this", "0A000");
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // there is no trace to guard
  public Throwable fillInStackTrace() {
    return this;
  }
}
