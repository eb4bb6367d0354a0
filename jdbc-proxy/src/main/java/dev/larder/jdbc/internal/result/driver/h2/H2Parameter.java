package dev.larder.jdbc.internal.result.driver.h2;

import dev.larder.jdbc.internal.bind.DriverValue;
import dev.larder.jdbc.internal.memory.HeapSize;
import java.util.function.Predicate;
import org.h2.api.Interval;

/** An interval of H2's as a parameter. Immutable and thread-safe, as that is. */
record H2Parameter(Interval own) implements DriverValue {

  private static final long OBJECT =
      HeapSize.object(HeapSize.REFERENCE)
          + HeapSize.object(HeapSize.REFERENCE + 2 * Long.BYTES + 1);

  @Override
  public boolean isTaken() {
    return true;
  }

  @Override
  public long bytes() {
    return OBJECT;
  }

  @Override
  public boolean anyText(Predicate<String> test) {
    return false;
  }
}
