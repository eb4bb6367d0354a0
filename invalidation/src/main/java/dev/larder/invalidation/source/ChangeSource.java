package dev.larder.invalidation.source;

/**
 * Something that reports changes made elsewhere: a replication stream, notifications, a stream that
 * nodes share. Used by one thread at a time.
 */
public interface ChangeSource {

  /** What it is, for logs and reports, such as {@code logical replication}; without secrets. */
  String name();

  /**
   * Connects. May block for as long as a connection may take.
   *
   * <p>Every change that becomes visible to readers after this has returned is reported by the
   * session, or the session fails. A change that was committed before but becomes visible later is
   * such a change.
   *
   * @throws Exception where there is no connection to be had, with a message that says what to do;
   *     it is tried again
   */
  SourceSession connect() throws Exception;
}
