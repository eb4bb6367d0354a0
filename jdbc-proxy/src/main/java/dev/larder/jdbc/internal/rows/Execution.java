package dev.larder.jdbc.internal.rows;

import dev.larder.invalidation.ValueHashes;
import dev.larder.invalidation.ledger.NumberRanges;
import dev.larder.jdbc.internal.analysis.Operand;
import dev.larder.jdbc.internal.bind.ArrayElements;
import dev.larder.jdbc.internal.bind.BoundValues;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The values that one execution of a text puts in the place of its operands. Not to be kept: it may
 * share the application's values.
 *
 * @param literals those of the text, as spelled
 */
public record Execution(List<String> literals, BoundValues parameters) {

  /** A range of more is as good as any rows. */
  private static final int MOST_IN_RANGE = 32;

  /**
   * Adds the hashes of an operand's values for a column of that kind.
   *
   * @return false where they cannot be told
   */
  boolean addHashes(Operand operand, ColumnKind kind, ValueHashes.Builder into) {
    return addHashes(operand, kind, any -> true, into);
  }

  /**
   * The same of values that pass a test, each.
   *
   * @return false where they cannot be told, or one of them does not pass
   */
  boolean addHashes(
      Operand operand, ColumnKind kind, Predicate<Object> test, ValueHashes.Builder into) {
    if (operand instanceof Operand.Elements array) {
      ArrayElements elements = parameters.elements(array.position());
      if (elements == null
          || elements.type() != kind.elements()
          || (elements.hasNull() && array.nullCounts())) {
        return false;
      }
      for (Object element : elements.values()) {
        if (!addHash(element, kind, test, into)) {
          return false;
        }
      }
      return true;
    }
    if (operand instanceof Operand.Range range) {
      return addHashes(range, kind, test, into);
    }
    Object value = value(operand, kind);
    return value != null && addHash(value, kind, test, into);
  }

  /**
   * The intervals that cover all values of some operands, for a column of whole numbers.
   *
   * @return null where they cannot be told, or no so few do
   */
  int @Nullable [] intervals(List<Operand> operands, int most) {
    ValueHashes.Builder hashes = new ValueHashes.Builder();
    List<long[]> ranges = new ArrayList<>();
    for (Operand operand : operands) {
      if (operand instanceof Operand.Range range) {
        long[] ends = ends(range, ColumnKind.WHOLE_NUMBER);
        if (ends == null) {
          return null;
        }
        ranges.add(ends);
      } else if (!addHashes(operand, ColumnKind.WHOLE_NUMBER, hashes)) {
        return null;
      }
    }
    NumberRanges numbers = new NumberRanges(hashes.size() + ranges.size());
    hashes.build().forEachHash(numbers::add);
    for (long[] ends : ranges) {
      if (!numbers.add(ends[0], ends[1])) {
        return null;
      }
    }
    return hashes.size() == 0 && ranges.isEmpty() ? null : numbers.intervals(most);
  }

  /** A range counts by its numbers, as long as they are few. */
  private boolean addHashes(
      Operand.Range range, ColumnKind kind, Predicate<Object> test, ValueHashes.Builder into) {
    long[] ends = ends(range, kind);
    if (ends == null || ends[1] - ends[0] >= MOST_IN_RANGE) {
      return false;
    }
    for (long number = ends[0]; number <= ends[1]; number++) {
      if (!addHash(number, kind, test, into)) {
        return false;
      }
    }
    return true;
  }

  /** The least and the greatest number of a range; null where there is none, or it is not told. */
  private long @Nullable [] ends(Operand.Range range, ColumnKind kind) {
    Long least = wholeNumber(range.least(), kind);
    Long most = wholeNumber(range.most(), kind);
    if (least == null || most == null || most < least || most - least < 0) {
      return null;
    }
    long from = least + (range.leastIsOutside() ? 1 : 0);
    long to = most - (range.mostIsOutside() ? 1 : 0);
    return from > to ? null : new long[] {from, to};
  }

  private @Nullable Long wholeNumber(Operand operand, ColumnKind kind) {
    Object value = kind == ColumnKind.WHOLE_NUMBER ? value(operand, kind) : null;
    return value == null ? null : ColumnKind.wholeNumber(value);
  }

  /** Whether an operand is one value, and not several. */
  public static boolean isSingle(Operand operand) {
    return operand instanceof Operand.Parameter || operand instanceof Operand.Literal;
  }

  /** The value of an operand that is one, or null where it cannot be told. */
  @Nullable Object value(Operand operand, ColumnKind kind) {
    return operand instanceof Operand.Parameter parameter
        ? parameters.plainValue(parameter.position())
        : literal(((Operand.Literal) operand).index(), kind);
  }

  private @Nullable Object literal(int index, ColumnKind kind) {
    return index < literals.size() ? kind.literal(literals.get(index)) : null;
  }

  private static boolean addHash(
      Object value, ColumnKind kind, Predicate<Object> test, ValueHashes.Builder into) {
    long hash = kind.hashed(value);
    if (hash == ColumnKind.UNTOLD || !test.test(value)) {
      return false;
    }
    into.add((int) hash);
    return true;
  }
}
