package dev.larder.jdbc.internal.memory;

/**
 * The sizes of objects on the heap of a 64-bit HotSpot JVM as it runs by default: headers of 12
 * bytes, references compressed to 4, everything aligned to 8, one byte per character for strings
 * that fit in Latin-1. An estimate on any other JVM. Stateless and thread-safe.
 */
public final class HeapSize {

  /** A compressed reference; from 32 GB of heap on it takes 8 bytes. */
  public static final int REFERENCE = 4;

  /** A mark word and a compressed class pointer. */
  private static final int OBJECT_HEADER = 12;

  /** An object's header and the length. */
  private static final int ARRAY_HEADER = 16;

  private static final int ALIGNMENT = 8;

  /** An Integer or a Boolean; small ones may be shared, which is not counted. */
  public static final long BOXED_INT = object(Integer.BYTES);

  /** A Long or a Double. */
  public static final long BOXED_LONG = object(Long.BYTES);

  /** A BigDecimal that is larger than a long, without the digits beyond its first. */
  public static final long BIG_DECIMAL =
      object(2 * REFERENCE + 2 * Integer.BYTES + Long.BYTES)
          + object(REFERENCE + 5 * Integer.BYTES);

  /** A node of a HashMap or a ConcurrentHashMap, and the one or two slots of the table for it. */
  public static final long HASH_NODE = object(3 * REFERENCE + Integer.BYTES) + 2 * REFERENCE;

  /** A string without its characters: the array, a hash and two flags. */
  private static final long STRING = object(REFERENCE + Integer.BYTES + 2 * Byte.BYTES);

  private HeapSize() {}

  /**
   * An object.
   *
   * @param fieldBytes what its fields take, those of its superclasses included
   */
  public static long object(int fieldBytes) {
    return aligned(OBJECT_HEADER + fieldBytes);
  }

  /** An array. */
  public static long array(int length, int elementBytes) {
    return aligned(ARRAY_HEADER + (long) length * elementBytes);
  }

  /** A string whose characters take one byte each. */
  public static long string(int length) {
    return STRING + array(length, Byte.BYTES);
  }

  /** A string whose characters may take two bytes each. */
  public static long wideString(int length) {
    return STRING + array(length, Character.BYTES);
  }

  private static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
