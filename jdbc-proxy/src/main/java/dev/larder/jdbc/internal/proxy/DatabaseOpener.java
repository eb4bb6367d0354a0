package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.SessionBaseline;

/**
 * Makes what is needed for a database, once a physical connection has told which it is.
 * Thread-safe.
 */
public interface DatabaseOpener {

  /** All that is needed to cache. Asked for once. */
  StatementExecutor open(SessionBaseline baseline);

  /** What gets statements through to a database that has not told what it is; caches nothing. */
  StatementExecutor openUnknown(SessionBaseline baseline);

  /** A physical connection leads to another database than the first: nothing is cached any more. */
  void differs();

  /** A physical connection has reached the database, or reached it again. */
  void reached(PhysicalProfile profile);
}
