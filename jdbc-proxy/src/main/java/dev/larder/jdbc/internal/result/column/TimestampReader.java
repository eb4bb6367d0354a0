package dev.larder.jdbc.internal.result.column;

/**
 * The reader of a column of timestamps, packed; infinity and years of five digits or before Christ
 * do not pack. For one thread.
 */
public abstract class TimestampReader extends PackedReader<LongValues> {

  protected TimestampReader() {
    super(new LongValues());
  }

  @Override
  protected final int pack(String text) {
    return add(PackedTimestamp.pack(text));
  }

  protected final int add(long timestamp) {
    if (timestamp == PackedTimestamp.UNPACKABLE) {
      return 0;
    }
    packed.add(timestamp);
    return 8;
  }

  @Override
  protected final String text(int row) {
    return text(packed.get(row));
  }

  protected abstract String text(long timestamp);
}
