package dev.larder.jdbc.internal.nodes;

/** Bytes that are no message of ours; the message says why without showing them. */
final class MalformedMessageException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedMessageException(String why) {
    super(why);
  }
}
