package dev.larder.jdbc.internal.source;

import org.jspecify.annotations.Nullable;

/** The reason why a source cannot be had, and what to do about it, in words for the operator. */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  public SourceException(String message) {
    super(message);
  }

  public SourceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
