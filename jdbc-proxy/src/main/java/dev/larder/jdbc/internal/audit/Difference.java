package dev.larder.jdbc.internal.audit;

/**
 * Where two answers differ, without what they hold. Immutable and thread-safe.
 *
 * @param row from 1, in the answer that was kept; 0 where it is about no row
 * @param column from 1; 0 where it is about no column
 * @param label the column's label; empty where it is about no column
 */
record Difference(int row, int column, String label, String what) {

  static Difference whole(String what) {
    return new Difference(0, 0, "", what);
  }

  @Override
  public String toString() {
    StringBuilder words = new StringBuilder(what);
    if (row > 0) {
      words.append(", row ").append(row);
    }
    if (column > 0) {
      words.append(", column ").append(column).append(" (").append(label).append(')');
    }
    return words.toString();
  }
}
