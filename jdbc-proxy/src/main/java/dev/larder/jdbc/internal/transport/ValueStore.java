package dev.larder.jdbc.internal.transport;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a place where bytes are kept under names for some time, or not: it may lose them,
 * or give back older ones. Thread-safe; every method sends and does not wait.
 */
public interface ValueStore extends AutoCloseable {

  /** What is kept under a name; null where that is nothing. */
  CompletionStage<byte @Nullable []> get(byte[] name);

  /** Keeps a value for that long. */
  CompletionStage<?> put(byte[] name, byte[] value, Duration time);

  /** Keeps a value for that long where there is none; whether it did. */
  CompletionStage<Boolean> putIfAbsent(byte[] name, byte[] value, Duration time);

  /** Lets go of a name if it holds that value. */
  CompletionStage<?> remove(byte[] name, byte[] value);

  @Override
  void close();
}
