package dev.larder.jdbc.internal.bind;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A text that is equal for equal things and for no others, in every JVM: each part stands behind
 * its length. Used by one thread.
 */
public final class CanonicalText {

  private final StringBuilder text = new StringBuilder(512);

  /** Adds a part; none is another than an empty one. */
  public CanonicalText add(@Nullable String part) {
    if (part == null) {
      text.append('~');
    } else {
      text.append(part.length()).append(':').append(part);
    }
    return this;
  }

  public CanonicalText add(long number) {
    text.append(number).append(';');
    return this;
  }

  /** Adds what a map holds, in the order of its keys. */
  public CanonicalText add(Map<String, String> parts) {
    add(parts.size());
    new TreeMap<>(parts).forEach((name, value) -> add(name).add(value));
    return this;
  }

  /** 256 bits that stand for the text, as no two texts that have the same are known. */
  public String toDigest() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(toBytes()));
    } catch (GeneralSecurityException e) {
      // Every Java platform has it.
      throw new IllegalStateException(e);
    }
  }

  /** Two bytes for each character, whatever it is: no two texts have the same. */
  public byte[] toBytes() {
    byte[] bytes = new byte[2 * text.length()];
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes[2 * i] = (byte) (c >>> 8);
      bytes[2 * i + 1] = (byte) c;
    }
    return bytes;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
