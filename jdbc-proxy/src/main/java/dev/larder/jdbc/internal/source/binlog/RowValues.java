package dev.larder.jdbc.internal.source.binlog;

import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventMetadata;
import com.github.shyiko.mysql.binlog.event.deserialization.ColumnType;
import dev.larder.invalidation.TableName;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table as the log describes them, and their values in a row of it. Immutable and
 * thread-safe.
 *
 * <p>Only whole numbers: of texts it is not told here which the database holds for equal. Without
 * {@code binlog_row_metadata=FULL} the log does not name the columns, and none has a value.
 */
final class RowValues {

  /** One column that holds whole numbers, of so many bits. */
  private record Column(int place, String name, int bits) {}

  private final TableName table;
  private final List<Column> columns = new ArrayList<>();

  RowValues(TableMapEventData map) {
    table = new TableName(map.getDatabase(), map.getTable());
    byte[] types = map.getColumnTypes();
    TableMapEventMetadata metadata = map.getEventMetadata();
    List<String> names = metadata == null ? null : metadata.getColumnNames();
    if (names == null || names.size() != types.length) {
      return;
    }
    for (int i = 0; i < types.length; i++) {
      int bits = bits(ColumnType.byCode(types[i] & 0xFF));
      if (bits > 0) {
        columns.add(new Column(i, names.get(i), bits));
      }
    }
  }

  private static int bits(@Nullable ColumnType type) {
    if (type == null) {
      return 0;
    }
    return switch (type) {
      case TINY -> 8;
      case SHORT -> 16;
      case INT24 -> 24;
      case LONG -> 32;
      case LONGLONG -> 64;
      default -> 0;
    };
  }

  TableName table() {
    return table;
  }

  /**
   * The values of a row, by column; SQL NULL, which equals nothing, is no value.
   *
   * @param included which columns the row has
   */
  Map<String, Set<String>> of(BitSet included, Serializable[] row) {
    Map<String, Set<String>> values = new HashMap<>();
    for (Column column : columns) {
      if (included.get(column.place)) {
        Serializable value = row[included.get(0, column.place).cardinality()];
        Set<String> printed = value == null ? Set.of() : printed(value, column.bits);
        if (value == null || !printed.isEmpty()) {
          values.put(column.name, printed);
        }
      }
    }
    return values;
  }

  /** What both images of an updated row tell. */
  static Map<String, Set<String>> inBoth(
      Map<String, Set<String>> before, Map<String, Set<String>> after) {
    Map<String, Set<String>> both = new HashMap<>();
    before.forEach(
        (column, values) -> {
          Set<String> more = after.get(column);
          if (more != null) {
            Set<String> all = new HashSet<>(values);
            all.addAll(more);
            both.put(column, all);
          }
        });
    return both;
  }

  /** The log does not tell the sign: a number that may be either of two counts as both. */
  private static Set<String> printed(Object value, int bits) {
    if (!(value instanceof Integer || value instanceof Long)) {
      return Set.of();
    }
    long number = ((Number) value).longValue();
    if (number >= 0) {
      return Set.of(Long.toString(number));
    }
    return bits == 64
        ? Set.of(Long.toString(number), Long.toUnsignedString(number))
        : Set.of(Long.toString(number), Long.toString(number + (1L << bits)));
  }
}
