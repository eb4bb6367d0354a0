package dev.larder.jdbc.internal.result.driver.mariadb;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import org.mariadb.jdbc.client.ColumnDecoder;
import org.mariadb.jdbc.client.DataType;

/**
 * The definition of a column as a server sends it before the rows, of which the driver makes the
 * decoder of the column's values. For one thread.
 */
final class MariaColumnDefinition {

  /*
   * The column definition packet of the protocol ("Result Set Packets" in MariaDB's knowledge
   * base). Numbers have their lowest byte first, strings their length before them.
   */

  /** The only catalogue there is. */
  private static final String CATALOG = "def";

  /** Schema, alias and name of the table, alias and name of the column: no decoder reads them. */
  private static final int NAMES = 5;

  /** The number of the extended type information that is a type's name. */
  private static final int EXTENDED_TYPE_NAME = 0;

  /** How long all that follows it is: collation, length, type, flags, decimals, two unused. */
  private static final int FIXED_FIELDS = 12;

  /** The collation of what is no text, {@code binary}. */
  private static final int BINARY = 63;

  /** The collation {@code utf8mb4_general_ci}. */
  private static final int UTF8MB4 = 45;

  private static final int BYTES_OF_UTF8MB4 = 4;

  /** The flag UNSIGNED_FLAG. */
  private static final int UNSIGNED = 32;

  private final DataType type;
  private final int collation;
  private final int length;
  private boolean unsigned;
  private int decimals;
  private String typeName = "";

  private MariaColumnDefinition(DataType type, int collation, int length) {
    this.type = type;
    this.collation = collation;
    this.length = length;
  }

  /**
   * A column that is no text.
   *
   * @param length in bytes, or in digits as they are shown
   */
  static MariaColumnDefinition of(DataType type, int length) {
    return new MariaColumnDefinition(type, BINARY, length);
  }

  /**
   * A column of text.
   *
   * @param characters the most of them that a value has
   */
  static MariaColumnDefinition ofText(DataType type, int characters) {
    return new MariaColumnDefinition(type, UTF8MB4, characters * BYTES_OF_UTF8MB4);
  }

  MariaColumnDefinition unsigned(boolean isUnsigned) {
    unsigned = isUnsigned;
    return this;
  }

  /** The digits behind the point. */
  MariaColumnDefinition decimals(int digits) {
    decimals = digits;
    return this;
  }

  /** A type that the protocol has no number for. */
  MariaColumnDefinition named(String extendedType) {
    typeName = extendedType;
    return this;
  }

  /** The decoder that the driver makes for such a column. */
  ColumnDecoder decoder() {
    return ColumnDecoder.decode(MariaFeatures.buffer(packet()));
  }

  private byte[] packet() {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    string(packet, CATALOG);
    for (int i = 0; i < NAMES; i++) {
      string(packet, "");
    }
    if (typeName.isEmpty()) {
      string(packet, "");
    } else {
      packet.write(typeName.length() + 2);
      packet.write(EXTENDED_TYPE_NAME);
      string(packet, typeName);
    }
    packet.write(FIXED_FIELDS);
    number(packet, collation, Short.BYTES);
    number(packet, length, Integer.BYTES);
    number(packet, type.get(), Byte.BYTES);
    number(packet, unsigned ? UNSIGNED : 0, Short.BYTES);
    number(packet, decimals, Byte.BYTES);
    number(packet, 0, Short.BYTES);
    return packet.toByteArray();
  }

  private static void string(ByteArrayOutputStream packet, String text) {
    packet.write(text.length());
    packet.writeBytes(text.getBytes(US_ASCII));
  }

  private static void number(ByteArrayOutputStream packet, int value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      packet.write(value >> (Byte.SIZE * i));
    }
  }
}
