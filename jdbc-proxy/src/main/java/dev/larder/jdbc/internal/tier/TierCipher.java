package dev.larder.jdbc.internal.tier;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Names that tell nothing, and values that only who knows a secret can read or write. Thread-safe.
 *
 * <p>A value has a key of its own, made of the secret and of random bytes that stand before it, so
 * that no number of values wears a key out.
 */
final class TierCipher {

  private static final int ID_BYTES = 4;
  private static final int SALT_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int HEADER = 1 + ID_BYTES + SALT_BYTES + NONCE_BYTES;
  private static final String HMAC = "HmacSHA256";

  /** The keys that follow from one secret. Immutable. */
  private static final class Keys {
    final byte[] id;
    final byte[] names;
    final byte[] values;

    Keys(String secret) {
      byte[] root = secret.getBytes(StandardCharsets.UTF_8);
      this.id = Arrays.copyOf(mac(root, text("larder tier id")), ID_BYTES);
      this.names = mac(root, text("larder tier names"));
      this.values = mac(root, text("larder tier values"));
    }

    private static byte[] text(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  }

  private final byte format;
  private final Keys[] all;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param secrets the first of which writes; all of them read
   * @param format stands before each value, and is part of what is authenticated
   */
  TierCipher(List<String> secrets, byte format) {
    this.format = format;
    this.all = secrets.stream().map(Keys::new).toArray(Keys[]::new);
  }

  private static byte[] mac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      // Every Java platform has it, and takes any key.
      throw new IllegalStateException(e);
    }
  }

  /** The names of a key, one by each secret, the first of which is written under. */
  byte[][] names(byte[] key) {
    byte[][] names = new byte[all.length][];
    for (int i = 0; i < all.length; i++) {
      names[i] = mac(all[i].names, key);
    }
    return names;
  }

  /**
   * Encrypts a value, and authenticates with it what it is for: the key itself, in full, though it
   * is not in what comes of it.
   *
   * @param name of that key
   */
  byte[] seal(byte[] name, byte[] key, byte[] value) {
    byte[] salt = new byte[SALT_BYTES];
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(salt);
    random.nextBytes(nonce);
    byte[] header =
        ByteBuffer.allocate(HEADER).put(format).put(all[0].id).put(salt).put(nonce).array();
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, all[0], header, name, key).doFinal(value);
      return ByteBuffer.allocate(HEADER + sealed.length).put(header).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether another format wrote it, by what it says itself. */
  boolean isOfAnotherFormat(byte[] sealed) {
    return sealed.length == 0 || sealed[0] != format;
  }

  /** What was encrypted for that key; null where it was not, or by nobody who knows a secret. */
  byte @Nullable [] open(byte[] name, byte[] key, byte[] sealed) {
    if (sealed.length < HEADER + TAG_BITS / Byte.SIZE || isOfAnotherFormat(sealed)) {
      return null;
    }
    byte[] header = Arrays.copyOf(sealed, HEADER);
    byte[] id = Arrays.copyOfRange(sealed, 1, 1 + ID_BYTES);
    for (Keys keys : all) {
      if (Arrays.equals(keys.id, id)) {
        try {
          return cipher(Cipher.DECRYPT_MODE, keys, header, name, key)
              .doFinal(sealed, HEADER, sealed.length - HEADER);
        } catch (GeneralSecurityException | ProviderException tampered) {
          return null;
        }
      }
    }
    return null;
  }

  private static Cipher cipher(int mode, Keys keys, byte[] header, byte[]... bound)
      throws GeneralSecurityException {
    byte[] salt = Arrays.copyOfRange(header, 1 + ID_BYTES, 1 + ID_BYTES + SALT_BYTES);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(mac(keys.values, salt), "AES"),
        new GCMParameterSpec(TAG_BITS, header, HEADER - NONCE_BYTES, NONCE_BYTES));
    cipher.updateAAD(header);
    for (byte[] each : bound) {
      cipher.updateAAD(each);
    }
    return cipher;
  }
}
