package dev.larder.jdbc.internal.result;

/**
 * Reads a column of timestamps, packed; infinity and years of five digits or before Christ do not
 * pack. For one thread.
 */
abstract class MomentReader extends PackedReader<LongValues> {

  MomentReader() {
    super(new LongValues());
  }

  @Override
  final int pack(String text) {
    return add(PackedMoment.pack(text));
  }

  final int add(long moment) {
    if (moment == PackedMoment.UNPACKABLE) {
      return 0;
    }
    packed.add(moment);
    return 8;
  }

  @Override
  final String text(int row) {
    return text(packed.get(row));
  }

  abstract String text(long moment);
}
