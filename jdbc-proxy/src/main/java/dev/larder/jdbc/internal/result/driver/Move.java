package dev.larder.jdbc.internal.result.driver;

import java.sql.ResultSet;
import java.sql.SQLException;

/** The ways to move a scrollable cursor; only the first two have an argument. */
public enum Move {
  ABSOLUTE,
  RELATIVE,
  FIRST,
  LAST,
  PREVIOUS,
  BEFORE_FIRST,
  AFTER_LAST;

  /** Moves another result this way; the two that say nothing count as not on a row. */
  public boolean on(ResultSet result, int argument) throws SQLException {
    return switch (this) {
      case ABSOLUTE -> result.absolute(argument);
      case RELATIVE -> result.relative(argument);
      case FIRST -> result.first();
      case LAST -> result.last();
      case PREVIOUS -> result.previous();
      case BEFORE_FIRST -> {
        result.beforeFirst();
        yield false;
      }
      case AFTER_LAST -> {
        result.afterLast();
        yield false;
      }
    };
  }
}
