package dev.larder.jdbc.internal.tier;

/** The bytes are no value of this format. */
final class MalformedValueException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedValueException(String message) {
    super(message);
  }
}
