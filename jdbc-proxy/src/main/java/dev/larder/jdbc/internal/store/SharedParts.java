package dev.larder.jdbc.internal.store;

import dev.larder.jdbc.internal.memory.HeapSize;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The parts that many keys hold in common: equal ones are one object, weighed once, for as long as
 * some key is kept. Thread-safe.
 */
final class SharedParts<T extends Object> {

  /** What {@link ConcurrentHashMap} and a {@link Use} add to a part. */
  private static final long OVERHEAD =
      HeapSize.HASH_NODE + HeapSize.object(HeapSize.REFERENCE + Long.BYTES);

  private record Use<T>(T part, long keys) {}

  private final ConcurrentMap<T, Use<T>> used = new ConcurrentHashMap<>();
  private final LongAdder bytes = new LongAdder();
  private final ToLongFunction<T> weigher;

  SharedParts(ToLongFunction<T> weigher) {
    this.weigher = weigher;
  }

  /** The one object for a part, from now on used by one key more. */
  T acquire(T part) {
    return Objects.requireNonNull(used.compute(part, this::oneMore)).part();
  }

  private Use<T> oneMore(T part, @Nullable Use<T> known) {
    if (known == null) {
      bytes.add(OVERHEAD + weigher.applyAsLong(part));
      return new Use<>(part, 1);
    }
    return new Use<>(known.part(), known.keys() + 1);
  }

  /** One key less uses a part; once for each {@link #acquire}. */
  void release(T part) {
    used.computeIfPresent(part, this::oneLess);
  }

  private @Nullable Use<T> oneLess(T part, Use<T> known) {
    if (known.keys() == 1) {
      bytes.add(-OVERHEAD - weigher.applyAsLong(known.part()));
      return null;
    }
    return new Use<>(known.part(), known.keys() - 1);
  }

  /** How many bytes the parts hold, by estimate. */
  long bytes() {
    return bytes.sum();
  }
}
