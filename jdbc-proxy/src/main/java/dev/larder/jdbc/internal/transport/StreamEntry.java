package dev.larder.jdbc.internal.transport;

import org.jspecify.annotations.Nullable;

/** An entry of a stream as it was found there, by whomever it was written. Thread-safe. */
public final class StreamEntry {

  private final String id;
  private final byte @Nullable [] message;
  private final byte @Nullable [] signature;

  /**
   * @param message null where the entry holds none, and so is nothing that a node sent
   * @param signature null where the entry holds none
   */
  public StreamEntry(String id, byte @Nullable [] message, byte @Nullable [] signature) {
    this.id = id;
    this.message = message;
    this.signature = signature;
  }

  public String id() {
    return id;
  }

  public byte @Nullable [] message() {
    return message;
  }

  public byte @Nullable [] signature() {
    return signature;
  }
}
