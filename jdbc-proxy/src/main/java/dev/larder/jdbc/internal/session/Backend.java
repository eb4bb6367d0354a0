package dev.larder.jdbc.internal.session;

/**
 * The server's end of one physical connection. Immutable and thread-safe.
 *
 * @param id the number the server gives it
 * @param known whether asking the server for that number later tells if it is still at work; false
 *     behind a pooler, which answers with numbers of its own
 */
public record Backend(long id, boolean known) {

  public static final Backend UNKNOWN = new Backend(0, false);
}
