package dev.larder.invalidation;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of values, each once. A set like any other, but one that holds its numbers without an
 * object for each of them, as a write may name many. Immutable and thread-safe.
 */
public final class ValueHashes extends AbstractSet<Integer> {

  private static final int FREE = 0;
  private static final int[] NO_TABLE = {FREE};
  private static final ValueHashes NONE = new ValueHashes(NO_TABLE, false, 0);

  /** Open addressing, at most three quarters full; null for the one number that most sets are. */
  private final int @Nullable [] table;

  private final int only;

  /** Apart from the table, in which that number stands for a place that is free. */
  private final boolean hasZero;

  private final int size;

  private ValueHashes(int hash) {
    this.table = null;
    this.only = hash;
    this.hasZero = false;
    this.size = 1;
  }

  private ValueHashes(int[] table, boolean hasZero, int size) {
    this.table = table;
    this.only = FREE;
    this.hasZero = hasZero;
    this.size = size;
  }

  /** One alone. */
  public static ValueHashes of(int hash) {
    return new ValueHashes(hash);
  }

  /** The same numbers as in that set; the set itself where it is one of these. */
  public static ValueHashes of(Set<Integer> hashes) {
    if (hashes instanceof ValueHashes own) {
      return own;
    }
    Builder builder = new Builder();
    hashes.forEach(builder::add);
    return builder.build();
  }

  /** Hands out each of them. */
  public void forEachHash(IntConsumer each) {
    if (table == null) {
      each.accept(only);
      return;
    }
    if (hasZero) {
      each.accept(FREE);
    }
    for (int hash : table) {
      if (hash != FREE) {
        each.accept(hash);
      }
    }
  }

  /** Whether one of them passes a test. */
  public boolean hasAny(IntPredicate test) {
    if (table == null) {
      return test.test(only);
    }
    if (hasZero && test.test(FREE)) {
      return true;
    }
    for (int hash : table) {
      if (hash != FREE && test.test(hash)) {
        return true;
      }
    }
    return false;
  }

  /** Whether that number is among them. */
  public boolean has(int hash) {
    if (table == null) {
      return hash == only;
    }
    return hash == FREE ? hasZero : table[place(table, hash)] == hash;
  }

  @Override
  public boolean contains(@Nullable Object other) {
    return other instanceof Integer hash && has(hash);
  }

  @Override
  public int size() {
    return size;
  }

  /** All of them, in any order. */
  public int[] toIntArray() {
    if (table == null) {
      return new int[] {only};
    }
    int[] all = new int[size];
    int at = hasZero ? 1 : 0;
    for (int hash : table) {
      if (hash != FREE) {
        all[at++] = hash;
      }
    }
    return all;
  }

  @Override
  public Iterator<Integer> iterator() {
    int[] all = toIntArray();
    return new Iterator<>() {
      private int at;

      @Override
      public boolean hasNext() {
        return at < all.length;
      }

      @Override
      public Integer next() {
        if (at == all.length) {
          throw new NoSuchElementException();
        }
        return all[at++];
      }
    };
  }

  /** Where a number is, or would be. */
  private static int place(int[] table, int hash) {
    int last = table.length - 1;
    int mixed = hash * 0x9E3779B9;
    int at = (mixed ^ (mixed >>> 16)) & last;
    while (table[at] != hash && table[at] != FREE) {
      at = (at + 1) & last;
    }
    return at;
  }

  /** Adds up hashes: adding one costs no more after many. Not thread-safe. */
  public static final class Builder {

    private static final int LEAST = 8;

    private int[] table = NO_TABLE;
    private int used;
    private boolean hasZero;

    /** Whether the table was handed out, and may not change any more. */
    private boolean isShared = true;

    /**
     * Adds one.
     *
     * @return whether it was not among them
     */
    public boolean add(int hash) {
      if (hash == FREE) {
        boolean isNew = !hasZero;
        hasZero = true;
        return isNew;
      }
      int at = place(table, hash);
      if (table[at] == hash) {
        return false;
      }
      if (isShared || !hasRoomFor(used + 1, table)) {
        makeRoom();
        at = place(table, hash);
      }
      table[at] = hash;
      used++;
      return true;
    }

    private static boolean hasRoomFor(int hashes, int[] table) {
      return 4 * hashes <= 3 * table.length;
    }

    private void makeRoom() {
      int[] before = table;
      if (hasRoomFor(used + 1, before)) {
        table = before.clone();
      } else {
        table = new int[Math.max(LEAST, 2 * before.length)];
        for (int hash : before) {
          if (hash != FREE) {
            table[place(table, hash)] = hash;
          }
        }
      }
      isShared = false;
    }

    /**
     * Adds all of a set.
     *
     * @return whether one of them was not among these
     */
    public boolean addAll(Set<Integer> hashes) {
      ValueHashes more = of(hashes);
      if (more.table == null) {
        return add(more.only);
      }
      if (size() == 0) {
        table = more.table;
        isShared = true;
        hasZero = more.hasZero;
        used = more.size - (hasZero ? 1 : 0);
        return more.size > 0;
      }
      boolean adds = false;
      if (more.hasZero) {
        adds = add(FREE);
      }
      for (int hash : more.table) {
        adds |= hash != FREE && add(hash);
      }
      return adds;
    }

    /** How many there are. */
    public int size() {
      return used + (hasZero ? 1 : 0);
    }

    /** All that were added so far; what is added later is not among them. */
    public ValueHashes build() {
      int size = size();
      if (size == 0) {
        return NONE;
      }
      isShared = true;
      return new ValueHashes(table, hasZero, size);
    }
  }
}
