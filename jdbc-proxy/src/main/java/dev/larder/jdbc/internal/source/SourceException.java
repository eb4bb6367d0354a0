package dev.larder.jdbc.internal.source;

/** The reason why a source cannot be had, and what to do about it, in words for the operator. */
final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  SourceException(String message) {
    super(message);
  }

  SourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
