package dev.larder.benchmarks;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps what was read from being optimised away. For one thread. */
final class Sink implements Consumer<Object> {
  volatile @Nullable Object last;

  @Override
  public void accept(@Nullable Object value) {
    last = value;
  }
}
