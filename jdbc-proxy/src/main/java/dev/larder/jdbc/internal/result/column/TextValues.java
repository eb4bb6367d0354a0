package dev.larder.jdbc.internal.result.column;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.jdbc.internal.memory.HeapSize;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A column of text. As thread-safe as {@link Values}. */
public final class TextValues extends Values {

  /*
   * A few strings are kept as they are, so that a hit on a short answer makes no copies. More are
   * laid end to end, one byte a character while every character fits in one, else in UTF-8: an
   * array of String costs some 48 bytes a value beside its characters. A string that UTF-8 cannot
   * carry (half a surrogate pair) is kept beside.
   */
  private static final int FEW = 8;

  private static final long FIELDS = 5 * HeapSize.REFERENCE + Integer.BYTES + Byte.BYTES;

  private @Nullable String @Nullable [] few = new @Nullable String[1];

  /** The string of a column of one row, which needs no array. */
  private @Nullable String only;

  private static final byte[] NO_DATA = {};
  private static final int[] NO_ENDS = {};

  private byte[] data = NO_DATA;
  private int[] ends = NO_ENDS;
  private int used;
  private boolean wide;
  private @Nullable Map<Integer, String> odd;

  public void add(String value) {
    int row = next();
    @Nullable String[] kept = few;
    if (kept != null) {
      kept[row] = value;
    } else {
      append(row, value);
    }
  }

  public String get(int row) {
    String single = only;
    if (single != null) {
      return single;
    }
    @Nullable String[] kept = few;
    if (kept != null) {
      String value = kept[row];
      return value == null ? "" : value;
    }
    if (odd != null) {
      String value = odd.get(row);
      if (value != null) {
        return value;
      }
    }
    int start = row == 0 ? 0 : ends[row - 1];
    return new String(data, start, ends[row] - start, wide ? UTF_8 : ISO_8859_1);
  }

  private void append(int row, String value) {
    boolean narrow = true;
    boolean whole = true;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      narrow &= c <= 0xFF;
      if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else {
        whole &= !Character.isSurrogate(c);
      }
    }
    if (!whole) {
      if (odd == null) {
        odd = new HashMap<>();
      }
      odd.put(row, value);
      ends[row] = used;
      return;
    }
    if (!narrow && !wide) {
      widen(row);
    }
    byte[] bytes = value.getBytes(wide ? UTF_8 : ISO_8859_1);
    if (bytes.length > data.length - used) {
      data = Arrays.copyOf(data, Math.max(used + bytes.length, grown(data.length)));
    }
    System.arraycopy(bytes, 0, data, used, bytes.length);
    used += bytes.length;
    ends[row] = used;
  }

  private void widen(int rows) {
    byte[] narrow = data;
    int start = 0;
    data = new byte[grown(narrow.length)];
    used = 0;
    for (int row = 0; row < rows; row++) {
      byte[] bytes = new String(narrow, start, ends[row] - start, ISO_8859_1).getBytes(UTF_8);
      start = ends[row];
      if (bytes.length > data.length - used) {
        data = Arrays.copyOf(data, Math.max(used + bytes.length, grown(data.length)));
      }
      System.arraycopy(bytes, 0, data, used, bytes.length);
      used += bytes.length;
      ends[row] = used;
    }
    wide = true;
  }

  @Override
  void reserve(int row) {
    @Nullable String[] kept = few;
    if (kept != null) {
      if (row < kept.length) {
        return;
      }
      if (row < FEW) {
        few = Arrays.copyOf(kept, FEW);
        return;
      }
      few = null;
      ends = new int[FEW * 4];
      data = new byte[FEW * 16];
      for (int i = 0; i < row; i++) {
        String value = kept[i];
        append(i, value == null ? "" : value);
      }
    } else if (row >= ends.length) {
      ends = Arrays.copyOf(ends, grown(ends.length));
    }
    ends[row] = used;
  }

  @Override
  public void trim() {
    super.trim();
    @Nullable String[] kept = few;
    if (kept != null && size() == 1 && kept[0] != null) {
      only = kept[0];
      few = null;
    } else if (kept != null) {
      few = Arrays.copyOf(kept, size());
    } else {
      data = Arrays.copyOf(data, used);
      ends = Arrays.copyOf(ends, size());
    }
  }

  @Override
  public long bytes() {
    long sum = super.bytes() + FIELDS;
    String single = only;
    if (single != null) {
      return sum + HeapSize.string(single.length());
    }
    @Nullable String[] kept = few;
    if (kept == null) {
      sum += HeapSize.array(data.length, Byte.BYTES) + HeapSize.array(ends.length, Integer.BYTES);
    } else {
      sum += HeapSize.array(kept.length, HeapSize.REFERENCE);
      for (String value : kept) {
        sum += value == null ? 0 : HeapSize.string(value.length());
      }
    }
    if (odd != null) {
      for (String value : odd.values()) {
        sum += HeapSize.HASH_NODE + HeapSize.BOXED_INT + HeapSize.wideString(value.length());
      }
    }
    return sum;
  }
}
