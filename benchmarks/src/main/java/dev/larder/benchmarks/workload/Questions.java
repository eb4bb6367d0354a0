package dev.larder.benchmarks.workload;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last queries that a client has asked, to be asked again at the end. For one thread at a time.
 */
final class Questions {
  private static final int KEPT = 256;

  /** A query with its parameters. */
  record Question(int columns, String sql, List<Object> parameters) {
    @Override
    public String toString() {
      return sql + " " + parameters;
    }
  }

  private final @Nullable Question[] last = new Question[KEPT];
  private final StatementListener listener;
  private long count;
  private long locking;

  Questions(StatementListener listener) {
    this.listener = listener;
  }

  StatementListener listener() {
    return listener;
  }

  void add(Question question) {
    last[(int) (count++ % KEPT)] = question;
  }

  void addLocking() {
    locking++;
  }

  /** How many queries there were, those included that lock what they read. */
  long count() {
    return count + locking;
  }

  List<Question> last() {
    return Arrays.stream(last).filter(Objects::nonNull).toList();
  }
}
