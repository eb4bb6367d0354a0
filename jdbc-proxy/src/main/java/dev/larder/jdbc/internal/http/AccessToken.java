package dev.larder.jdbc.internal.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** What a request has to show. Immutable and thread-safe; never told by {@code toString}. */
public final class AccessToken {

  /** How a header says that a token follows. */
  public static final String SCHEME = "Bearer";

  private static final String PREFIX = SCHEME + " ";

  private final byte[] digest;

  public AccessToken(String token) {
    this.digest = digest(token);
  }

  /** Compares digests, in a time that does not tell how much was right. */
  public boolean is(@Nullable String shown) {
    return shown != null && MessageDigest.isEqual(digest(shown), digest);
  }

  /** Whether a header {@code Authorization} bears it. */
  public boolean isBorneBy(@Nullable String authorization) {
    return authorization != null
        && authorization.startsWith(PREFIX)
        && is(authorization.substring(PREFIX.length()).strip());
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      // Every Java platform has it: the Javadoc of MessageDigest says so.
      throw new IllegalStateException(e);
    }
  }
}
