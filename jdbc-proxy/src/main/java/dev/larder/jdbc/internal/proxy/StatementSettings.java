package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.internal.proxy.StatementContext.StatementCall;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What an application has set on one statement, for the driver's and for one on another node. Made
 * when something is set. Not thread-safe.
 */
final class StatementSettings {

  private Map<String, StatementCall> calls = Map.of();

  /** Seconds; 0 for none. */
  private int queryTimeout;

  /** When the execution's time is over; 0 before it had to wait for anything. */
  private long deadline;

  int fetchDirection = ResultSet.FETCH_FORWARD;
  boolean closeOnCompletion;

  /** Whether the driver's statement closes itself, as only it knows its results to come. */
  boolean completionIsDrivers;

  void add(String name, StatementCall call) {
    if (calls.isEmpty()) {
      calls = Map.of(name, call);
      return;
    }
    Map<String, StatementCall> more = new LinkedHashMap<>(calls);
    more.remove(name);
    more.put(name, call);
    calls = more;
  }

  void setAllOn(Statement statement) throws SQLException {
    for (StatementCall call : calls.values()) {
      call.run(statement);
    }
  }

  void queryTimeout(int seconds) {
    queryTimeout = seconds;
  }

  int queryTimeout() {
    return queryTimeout;
  }

  /** An execution begins, or has its time anew. */
  void startTime() {
    deadline = 0;
  }

  /** How much of its time the execution has left, which begins when this is asked first. */
  long restNanos() {
    if (queryTimeout == 0) {
      return Long.MAX_VALUE;
    }
    long now = System.nanoTime();
    if (deadline == 0) {
      deadline = now + TimeUnit.SECONDS.toNanos(queryTimeout);
    }
    return deadline - now;
  }
}
