package dev.larder.jdbc.internal.result;

import java.util.List;

/** How a result's columns would be captured, or why not. */
sealed interface ReadingPlan {

  /** Every column can be reproduced: one reader each, in order. */
  record Readable(List<ColumnReader> readers) implements ReadingPlan {}

  /** A column has this type, which cannot. */
  record Unreadable(String typeName) implements ReadingPlan {}
}
