package dev.larder.jdbc.internal.nodes;

import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.ValueHash;
import dev.larder.invalidation.ledger.AccessPath;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The form in bytes of which rows of a table were written. Stateless, so safe for use by several
 * threads.
 *
 * <p>Of a value no more is told than which cell of a ledger it has a part in: a few bits of a hash,
 * from which nobody gets the value back. Whatever a reader does not understand is any row.
 */
final class RowCodec {

  private static final int HASH_MASK = (1 << AccessPath.HASH_BITS) - 1;
  private static final int NOT_TOLD = -1;

  /**
   * In the place of how many columns are assigned: a reader that does not know it takes any row.
   */
  private static final int ONLY_ADDS = -2;

  private RowCodec() {}

  static byte[] toBytes(RowChange rows) {
    ByteWriter to = new ByteWriter();
    to.small(ValueHash.RULES);
    to.small(AccessPath.HASH_BITS);
    Set<String> assigned = rows.assigned();
    if (assigned == null) {
      to.number(rows.onlyAdds() ? ONLY_ADDS : NOT_TOLD);
    } else {
      to.number(assigned.size());
      assigned.forEach(to::text);
    }
    to.number(rows.values().size());
    rows.values()
        .forEach(
            (column, hashes) -> {
              to.text(column);
              to.number(hashes.size());
              hashes.forEach(hash -> to.small(hash & HASH_MASK));
            });
    return to.toBytes();
  }

  /** Reads all that is there. */
  static RowChange read(ByteBuffer from) {
    try {
      if (ByteWriter.small(from) != ValueHash.RULES
          || ByteWriter.small(from) < AccessPath.HASH_BITS) {
        return RowChange.ANY;
      }
      RowChange rows = readRows(from);
      return from.hasRemaining() ? RowChange.ANY : rows;
    } catch (MalformedMessageException otherwise) {
      return RowChange.ANY;
    }
  }

  private static RowChange readRows(ByteBuffer from) throws MalformedMessageException {
    Set<String> assigned = null;
    int told = from.remaining() >= Integer.BYTES ? from.getInt(from.position()) : 0;
    if (told == NOT_TOLD || told == ONLY_ADDS) {
      ByteWriter.number(from);
    } else {
      assigned = new HashSet<>();
      for (int left = ByteWriter.count(from, Integer.BYTES); left > 0; left--) {
        assigned.add(ByteWriter.text(from));
      }
    }
    Map<String, Set<Integer>> values = new HashMap<>();
    for (int left = ByteWriter.count(from, 2 * Integer.BYTES); left > 0; left--) {
      String column = ByteWriter.text(from);
      Set<Integer> hashes = new HashSet<>();
      for (int more = ByteWriter.count(from, Short.BYTES); more > 0; more--) {
        hashes.add(ByteWriter.small(from));
      }
      values.merge(column, hashes, RowCodec::union);
    }
    return new RowChange(values, assigned, null, !values.isEmpty(), told == ONLY_ADDS);
  }

  private static Set<Integer> union(Set<Integer> one, Set<Integer> other) {
    one.addAll(other);
    return one;
  }
}
