package dev.larder.jdbc.soak;

import java.sql.SQLException;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What the clients know to be in the database, whatever fails: of each row, a version that was
 * committed before now, and the newest that anybody has tried to commit. Thread-safe.
 */
final class Truth {

  private static final int MOST_SHOWN = 20;

  private final AtomicLongArray committed;
  private final AtomicLongArray tried;
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger wrongs = new AtomicInteger();
  private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
  final LongAdder checked = new LongAdder();

  Truth(int rows) {
    committed = new AtomicLongArray(rows + 1);
    tried = new AtomicLongArray(rows + 1);
  }

  /** A version that every read which begins now must show, or a newer one. */
  long floor(int row) {
    return committed.get(row);
  }

  /** To be said before a commit is sent. */
  void trying(int row, long version) {
    tried.accumulateAndGet(row, version, Math::max);
  }

  /** To be said when the commit was answered. */
  void committed(int row, long version) {
    committed.accumulateAndGet(row, version, Math::max);
  }

  /** A read that began when {@code floor} was known has shown {@code version}. */
  void shown(int row, long floor, long version, String how) {
    checked.increment();
    if (version < floor) {
      wrong(how + ": row " + row + " shows " + version + " after " + floor + " was committed");
    } else if (version > tried.get(row)) {
      wrong(how + ": row " + row + " shows " + version + ", which nobody has committed");
    }
  }

  void expect(boolean holds, String otherwise) {
    checked.increment();
    if (!holds) {
      wrong(otherwise);
    }
  }

  void wrong(String what) {
    wrong(what, null);
  }

  void wrong(String what, @Nullable Throwable cause) {
    wrongs.incrementAndGet();
    if (wrong.size() < MOST_SHOWN) {
      wrong.add(what);
      System.out.println("WRONG " + what);
      if (cause != null) {
        cause.printStackTrace(System.out);
      }
    }
  }

  /** Something that may fail while others kill, cancel and close; it says so by an SQLSTATE. */
  void failed(String who, SQLException failure) {
    @Nullable String state = failure.getSQLState();
    failures.computeIfAbsent(who + " " + state, any -> new LongAdder()).increment();
    // HikariCP's own say nothing where a wait for a connection was interrupted or too long.
    if (state == null && !String.valueOf(failure.getMessage()).startsWith("larder-")) {
      wrong(who + ": without an SQLSTATE: " + failure, failure);
    }
  }

  int wrongs() {
    return wrongs.get();
  }

  long failed() {
    return failures.values().stream().mapToLong(LongAdder::sum).sum();
  }

  Map<String, LongAdder> failures() {
    return new TreeMap<>(failures);
  }
}
