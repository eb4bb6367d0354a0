package dev.larder.benchmarks.workload;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hears what a client's statements were and what was answered. For one thread at a time. */
public interface StatementListener {

  /** Nobody listens. */
  StatementListener NONE = new StatementListener() {};

  /** A query that locks nothing was answered. */
  default void answered(String sql, List<Object> parameters, List<@Nullable Object[]> rows)
      throws SQLException {}

  /** A statement that writes, or locks what it reads, has run. */
  default void wrote(String sql, List<Object> parameters) throws SQLException {}
}
