package dev.larder.jdbc.internal.nodes;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The few kinds of value that messages are made of, written and read with their lengths. Used by
 * one thread.
 */
final class ByteWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  void single(byte value) {
    out.write(value);
  }

  /** A number of 16 bits. */
  void small(int value) {
    out.writeBytes(ByteBuffer.allocate(Short.BYTES).putShort((short) value).array());
  }

  void number(int value) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  void number(long value) {
    out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  void id(UUID id) {
    number(id.getMostSignificantBits());
    number(id.getLeastSignificantBits());
  }

  /** These bytes, without their length. */
  void raw(byte[] value) {
    out.writeBytes(value);
  }

  void bytes(byte[] value) {
    number(value.length);
    out.writeBytes(value);
  }

  void text(String value) {
    bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  int size() {
    return out.size();
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  static byte single(ByteBuffer from) throws MalformedMessageException {
    require(from, Byte.BYTES);
    return from.get();
  }

  static int small(ByteBuffer from) throws MalformedMessageException {
    require(from, Short.BYTES);
    return Short.toUnsignedInt(from.getShort());
  }

  static int number(ByteBuffer from) throws MalformedMessageException {
    require(from, Integer.BYTES);
    return from.getInt();
  }

  static long longNumber(ByteBuffer from) throws MalformedMessageException {
    require(from, Long.BYTES);
    return from.getLong();
  }

  static UUID id(ByteBuffer from) throws MalformedMessageException {
    return new UUID(longNumber(from), longNumber(from));
  }

  /** How many of something follow, of which each takes at least so many bytes. */
  static int count(ByteBuffer from, int leastBytes) throws MalformedMessageException {
    int count = number(from);
    if (count < 0 || count > from.remaining() / leastBytes) {
      throw new MalformedMessageException("more is announced than follows");
    }
    return count;
  }

  static byte[] bytes(ByteBuffer from) throws MalformedMessageException {
    byte[] value = new byte[count(from, 1)];
    from.get(value);
    return value;
  }

  static String text(ByteBuffer from) throws MalformedMessageException {
    return new String(bytes(from), StandardCharsets.UTF_8);
  }

  private static void require(ByteBuffer from, int bytes) throws MalformedMessageException {
    if (from.remaining() < bytes) {
      throw new MalformedMessageException("it ends too early");
    }
  }
}
