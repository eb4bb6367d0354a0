package dev.larder.jdbc.internal.trail;

import dev.larder.jdbc.internal.result.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a connection was answered lately, and what it looked up since, so that it shows which column
 * it goes through. Used by one thread at a time.
 */
public final class Trail {

  private static final int ANSWERS = 4;
  private static final int LOOK_UPS = 3;

  /** Where a column does not show its use by so many rows, it is not looked at further. */
  private static final int MOST_ROWS = 128;

  private static final int MOST_COLUMNS = 16;

  /** A loop may leave out some rows. */
  private static final int NEXT_ROWS = 8;

  private final @Nullable String[] templates = new String[ANSWERS];
  private final @Nullable Snapshot[] answers = new Snapshot[ANSWERS];
  private int latest;

  private final @Nullable Step[] steps = new Step[ANSWERS];
  private int latestStep;

  private @Nullable String lookUp;
  private final @Nullable Object[] values = new Object[LOOK_UPS];
  private int lookUps;

  /** The column that is gone through, and up to which of its rows nothing is left to be loaded. */
  private @Nullable KeyColumn known;

  private int coveredRow;

  /** An answer of several rows was given. This is all that a hit costs. */
  public void answered(String template, Snapshot rows) {
    if (answers[latest] != rows) {
      if (!template.equals(templates[latest])) {
        latest = (latest + 1) % ANSWERS;
      }
      templates[latest] = template;
      answers[latest] = rows;
    }
  }

  /** A query was run. */
  public void ran(Step step) {
    latestStep = (latestStep + 1) % ANSWERS;
    steps[latestStep] = step;
  }

  /** What was run lately, in no order. */
  public List<Step> steps() {
    List<Step> all = new ArrayList<>(ANSWERS);
    for (Step each : steps) {
      if (each != null) {
        all.add(each);
      }
    }
    return all;
  }

  /** How many look-ups of that template have followed one another by now. */
  public int lookedUp(String template, Object value) {
    if (!template.equals(lookUp)) {
      lookUp = template;
      lookUps = 0;
      known = null;
    }
    values[lookUps % LOOK_UPS] = value;
    lookUps++;
    return Math.min(lookUps, LOOK_UPS);
  }

  /** Whether the latest look-up is of a row up to which everything was asked for already. */
  public boolean isCovered(Object value, UnaryOperator<@Nullable Object> comparable) {
    KeyColumn column = known;
    if (column == null) {
      return false;
    }
    int end = Math.min(column.row() + NEXT_ROWS, column.answer().rows() - 1);
    for (int row = column.row(); row <= end; row++) {
      if (value.equals(KeyColumn.valueAt(column.answer(), column.column(), row, comparable))) {
        known = at(column, row, column.lookUps());
        return row <= coveredRow;
      }
    }
    return false;
  }

  /** The values up to that row of the column are asked for. */
  public void covers(KeyColumn column, int lastRow) {
    known = column;
    coveredRow = lastRow;
  }

  private static KeyColumn at(KeyColumn column, int row, int lookUps) {
    return new KeyColumn(column.template(), column.answer(), column.column(), row, lookUps);
  }

  /**
   * The column that the latest look-ups have their values from; null where there is none.
   *
   * @param comparable a value as two are equal in Java if they are for the database; null where
   *     that is not told
   */
  public @Nullable KeyColumn column(UnaryOperator<@Nullable Object> comparable) {
    for (int back = 0; back < ANSWERS; back++) {
      int index = (latest - back + ANSWERS) % ANSWERS;
      Snapshot answer = answers[index];
      String template = templates[index];
      if (answer != null && template != null) {
        int columns = Math.min(MOST_COLUMNS, answer.columns().size());
        for (int column = 0; column < columns; column++) {
          KeyColumn found = column(template, answer, column, comparable);
          if (found != null) {
            return found;
          }
        }
      }
    }
    return null;
  }

  private @Nullable KeyColumn column(
      String template, Snapshot answer, int column, UnaryOperator<@Nullable Object> comparable) {
    int count = Math.min(lookUps, LOOK_UPS);
    int found = 0;
    int last = -1;
    boolean any = false;
    int end = Math.min(answer.rows(), MOST_ROWS + Math.max(0, lookUps - LOOK_UPS));
    for (int row = 0; row < end && found < count; row++) {
      Object value = KeyColumn.valueAt(answer, column, row, comparable);
      if (value == null && !any && row > 0) {
        // Most columns are of another type, and show that by their first values.
        return null;
      }
      any |= value != null;
      // In the order in which they were looked up.
      if (value != null && value.equals(values[(lookUps - count + found) % LOOK_UPS])) {
        found++;
        last = row;
      }
    }
    return found < count ? null : new KeyColumn(template, answer, column, last, count);
  }
}
