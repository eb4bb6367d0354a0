package dev.larder.jdbc.internal.analysis;

/** Where a statement takes a value from, or several. Immutable and thread-safe. */
public sealed interface Operand {

  /**
   * A JDBC parameter.
   *
   * @param position from 1
   */
  record Parameter(int position) implements Operand {}

  /**
   * A literal of the text.
   *
   * @param index from 0, among {@link Analysis#literals()}
   */
  record Literal(int index) implements Operand {}

  /**
   * Every element of the array that a JDBC parameter is.
   *
   * @param position from 1
   * @param nullCounts whether an element that is null may be equal to something
   */
  record Elements(int position, boolean nullCounts) implements Operand {}

  /**
   * Every whole number of a range.
   *
   * @param least one of the operands above that is one value
   * @param leastIsOutside whether that is none of them
   * @param most likewise
   */
  record Range(Operand least, boolean leastIsOutside, Operand most, boolean mostIsOutside)
      implements Operand {}
}
