package dev.larder.jdbc.internal.tier;

import dev.larder.jdbc.internal.nodes.NodePosition;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A value as it is encrypted: what its filler had heard, by which definitions it read, and the
 * rows. For which key it is stands outside. Immutable, if nobody changes its bytes.
 */
final class TierValue {

  /** To be counted up with every change to what a value says or means. */
  static final byte FORMAT = 2;

  /** Smaller ones are not worth the time. */
  private static final int COMPRESSED_FROM = 4_096;

  private static final int NODE_BYTES = 3 * Long.BYTES;

  private final NodePosition position;
  private final String definitions;
  private final byte[] rows;

  /**
   * @param position what the filler had heard before it began to read
   * @param definitions what stands for them, found before that; empty where nothing does
   * @param rows as {@link TierForm} writes them
   */
  TierValue(NodePosition position, String definitions, byte[] rows) {
    this.position = position;
    this.definitions = definitions;
    this.rows = rows;
  }

  NodePosition position() {
    return position;
  }

  String definitions() {
    return definitions;
  }

  byte[] rows() {
    return rows;
  }

  byte[] toBytes() {
    TierOutput to = new TierOutput();
    to.bytes(definitions.getBytes(StandardCharsets.UTF_8));
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
    String definitions = new String(from.bytes(), StandardCharsets.UTF_8);
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
    return new TierValue(new NodePosition(numbers), definitions, rows);
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
