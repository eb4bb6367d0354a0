package dev.larder.jdbc.internal.tier;

import java.nio.ByteBuffer;

/** The few kinds of value that a tier's values are made of, read. Used by one thread. */
final class TierInput {

  private final ByteBuffer from;

  TierInput(byte[] bytes) {
    from = ByteBuffer.wrap(bytes);
  }

  int single() throws MalformedValueException {
    require(Byte.BYTES);
    return from.get();
  }

  int number() throws MalformedValueException {
    require(Integer.BYTES);
    return from.getInt();
  }

  long longNumber() throws MalformedValueException {
    require(Long.BYTES);
    return from.getLong();
  }

  /** How many of something follow, of which each takes at least so many bytes. */
  int count(int leastBytes) throws MalformedValueException {
    int count = number();
    if (count < 0 || (leastBytes > 0 && count > from.remaining() / leastBytes)) {
      throw new MalformedValueException("more is announced than follows");
    }
    return count;
  }

  byte[] raw(int length) throws MalformedValueException {
    require(length);
    byte[] value = new byte[length];
    from.get(value);
    return value;
  }

  byte[] bytes() throws MalformedValueException {
    return raw(count(1));
  }

  byte[] rest() throws MalformedValueException {
    return raw(from.remaining());
  }

  boolean isAtEnd() {
    return !from.hasRemaining();
  }

  private void require(int bytes) throws MalformedValueException {
    if (from.remaining() < bytes) {
      throw new MalformedValueException("it ends too early");
    }
  }
}
