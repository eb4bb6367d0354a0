package dev.larder.jdbc.internal.tier;

import java.io.ByteArrayOutputStream;

/** The few kinds of value that a tier's values are made of, written. Used by one thread. */
final class TierOutput {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

  void single(int value) {
    out.write(value);
  }

  void number(int value) {
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      out.write(value >>> shift);
    }
  }

  void number(long value) {
    number((int) (value >>> Integer.SIZE));
    number((int) value);
  }

  void raw(byte[] value) {
    out.writeBytes(value);
  }

  void bytes(byte[] value) {
    number(value.length);
    out.writeBytes(value);
  }

  int size() {
    return out.size();
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
