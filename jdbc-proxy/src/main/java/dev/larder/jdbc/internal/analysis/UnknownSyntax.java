package dev.larder.jdbc.internal.analysis;

/** What was not understood of a text: ends the reading of its rows. */
final class UnknownSyntax extends Exception {

  private static final long serialVersionUID = 1L;

  UnknownSyntax() {
    super(null, null, false, false);
  }
}
