package dev.larder.jdbc.internal.nodes;

import dev.larder.invalidation.ledger.DatabaseIdentity;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of messages, by which a node knows those of its own cluster over the same database.
 * Used by one thread at a time.
 */
final class MessageSigner {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHOWN_BYTES = 12;

  private final Mac mac;
  private final byte[] scope;

  /**
   * @param cluster which nodes belong together
   */
  MessageSigner(String secret, String cluster, DatabaseIdentity database) {
    ByteWriter names = new ByteWriter();
    names.text(cluster);
    names.text(database.product());
    names.text(database.value());
    scope = names.toBytes();
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    } catch (GeneralSecurityException e) {
      // Every Java platform has it (the Javadoc of Mac says so), and takes any key.
      throw new IllegalStateException(e);
    }
  }

  byte[] sign(byte[] message) {
    mac.update(scope);
    return mac.doFinal(message);
  }

  /** Compares in a time that does not tell how much was right. */
  boolean isGenuine(byte[] message, byte[] signature) {
    return MessageDigest.isEqual(sign(message), signature);
  }

  /**
   * The name of the stream of this cluster and database. The braces keep a Redis Cluster from
   * looking at anything else to place it.
   */
  static String streamName(String cluster, DatabaseIdentity database) {
    try {
      ByteWriter names = new ByteWriter();
      names.text(cluster);
      names.text(database.product());
      names.text(database.value());
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(names.toBytes());
      return "larder:{" + HexFormat.of().formatHex(digest, 0, SHOWN_BYTES) + "}";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
