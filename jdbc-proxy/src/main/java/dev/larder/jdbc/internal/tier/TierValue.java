package dev.larder.jdbc.internal.tier;

import dev.larder.jdbc.internal.nodes.NodePosition;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A value as it is encrypted: for which key, what its filler had heard, and the rows. Immutable, if
 * nobody changes its bytes.
 */
final class TierValue {

  /** To be counted up with every change to what a value says or means. */
  static final byte FORMAT = 1;

  /** Smaller ones are not worth the time. */
  private static final int COMPRESSED_FROM = 4_096;

  private static final int NODE_BYTES = 3 * Long.BYTES;

  private final byte[] key;
  private final NodePosition position;
  private final byte[] rows;

  /**
   * @param key in full, so that a value is never taken for another's
   * @param position what the filler had heard before it began to read
   * @param rows as {@link TierForm} writes them
   */
  TierValue(byte[] key, NodePosition position, byte[] rows) {
    this.key = key;
    this.position = position;
    this.rows = rows;
  }

  byte[] key() {
    return key;
  }

  NodePosition position() {
    return position;
  }

  byte[] rows() {
    return rows;
  }

  byte[] toBytes() {
    TierOutput to = new TierOutput();
    to.bytes(key);
    to.number(position.numbers().size());
    position
        .numbers()
        .forEach(
            (node, number) -> {
              to.number(node.getMostSignificantBits());
              to.number(node.getLeastSignificantBits());
              to.number(number.longValue());
            });
    to.number(rows.length);
    to.raw(rows.length < COMPRESSED_FROM ? rows : deflated(rows));
    return to.toBytes();
  }

  /**
   * Reads a value that is authentic.
   *
   * @param mostRowBytes what the rows may take
   */
  static TierValue of(byte[] bytes, long mostRowBytes) throws MalformedValueException {
    TierInput from = new TierInput(bytes);
    byte[] key = from.bytes();
    Map<UUID, Long> numbers = new HashMap<>();
    for (int left = from.count(NODE_BYTES); left > 0; left--) {
      numbers.put(new UUID(from.longNumber(), from.longNumber()), from.longNumber());
    }
    int length = from.count(0);
    byte[] rest = from.rest();
    if (length > mostRowBytes) {
      throw new MalformedValueException("more rows than memory would take");
    }
    byte[] rows = length < COMPRESSED_FROM ? rest : inflated(rest, length);
    if (rows.length != length) {
      throw new MalformedValueException("rows are missing");
    }
    return new TierValue(key, new NodePosition(numbers), rows);
  }

  private static byte[] deflated(byte[] rows) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(rows);
      deflater.finish();
      TierOutput to = new TierOutput();
      byte[] chunk = new byte[COMPRESSED_FROM];
      while (!deflater.finished()) {
        to.raw(Arrays.copyOf(chunk, deflater.deflate(chunk)));
      }
      return to.toBytes();
    } finally {
      deflater.end();
    }
  }

  private static byte[] inflated(byte[] bytes, int length) throws MalformedValueException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes);
      byte[] rows = new byte[length];
      int done = 0;
      while (done < length) {
        int more = inflater.inflate(rows, done, length - done);
        if (more == 0) {
          throw new MalformedValueException("rows are missing");
        }
        done += more;
      }
      return rows;
    } catch (DataFormatException e) {
      throw new MalformedValueException("it is not compressed as it should be");
    } finally {
      inflater.end();
    }
  }
}
