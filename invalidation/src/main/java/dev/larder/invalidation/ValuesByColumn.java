package dev.larder.invalidation;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The hashes that are known of a change's columns. A map like any other, but one that each write
 * makes without an object for each column, and whose columns are those of the statement. Immutable
 * and thread-safe.
 */
final class ValuesByColumn extends AbstractMap<String, Set<Integer>> {

  private static final String[] NO_COLUMNS = {};
  private static final ValueHashes[] NO_HASHES = {};
  private static final ValuesByColumn NONE = new ValuesByColumn(NO_COLUMNS, NO_HASHES);

  private final String[] columns;

  /** Of the column at the same place; null where it may have any value. */
  private final @Nullable ValueHashes[] hashes;

  /**
   * Neither of the arrays may change any more.
   *
   * @param hashes null for a column that may have any value
   */
  ValuesByColumn(String[] columns, @Nullable ValueHashes[] hashes) {
    this.columns = columns;
    this.hashes = hashes;
  }

  /** What cannot change is its own copy. */
  static ValuesByColumn copyOf(Map<String, Set<Integer>> values) {
    if (values instanceof ValuesByColumn own) {
      return own;
    }
    if (values.isEmpty()) {
      return NONE;
    }
    List<String> columns = new ArrayList<>();
    List<ValueHashes> hashes = new ArrayList<>();
    values.forEach(
        (column, all) -> {
          columns.add(column);
          hashes.add(ValueHashes.of(all));
        });
    return new ValuesByColumn(columns.toArray(String[]::new), hashes.toArray(ValueHashes[]::new));
  }

  /** The columns, which nobody may change; of some the values may not be known. */
  String[] columns() {
    return columns;
  }

  /** The hashes of the column at that place; null where it may have any value. */
  @Nullable ValueHashes hashes(int place) {
    return hashes[place];
  }

  @Override
  public @Nullable ValueHashes get(@Nullable Object column) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i].equals(column)) {
        return hashes[i];
      }
    }
    return null;
  }

  @Override
  public boolean containsKey(@Nullable Object column) {
    return get(column) != null;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super Set<Integer>> each) {
    for (int i = 0; i < columns.length; i++) {
      ValueHashes known = hashes[i];
      if (known != null) {
        each.accept(columns[i], known);
      }
    }
  }

  @Override
  public int size() {
    int size = 0;
    for (ValueHashes each : hashes) {
      size += each == null ? 0 : 1;
    }
    return size;
  }

  @Override
  public Set<Entry<String, Set<Integer>>> entrySet() {
    List<Entry<String, Set<Integer>>> entries = new ArrayList<>();
    forEach((column, known) -> entries.add(Map.entry(column, known)));
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, Set<Integer>>> iterator() {
        return List.copyOf(entries).iterator();
      }

      @Override
      public int size() {
        return entries.size();
      }
    };
  }
}
