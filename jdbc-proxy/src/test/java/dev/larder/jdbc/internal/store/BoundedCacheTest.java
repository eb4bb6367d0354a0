package dev.larder.jdbc.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedCacheTest {

  private static final int MANY = 10_000;

  private final List<Thread> tellers = new ArrayList<>();

  /**
   * Symptom: after {@code close()} every text was held by a task of its own, for as long as the
   * common pool had no processor to run them.
   */
  @Test
  void whatIsClearedIsLetGoOfBeforeTheCallReturns() {
    BoundedCache<Integer, String> cache = cache(Long.MAX_VALUE);
    for (int i = 0; i < MANY; i++) {
      cache.put(i, "value");
    }
    cache.clear();
    assertThat(tellers).hasSize(MANY).containsOnly(Thread.currentThread());
    assertThat(cache.find(1)).isNull();
  }

  @Test
  void whatDoesNotFitIsLetGoOfBeforeTheCallReturns() {
    BoundedCache<Integer, String> cache = cache(10);
    for (int i = 0; i < MANY; i++) {
      cache.put(i, "value");
    }
    assertThat(tellers).hasSize(MANY - 10).containsOnly(Thread.currentThread());
  }

  private BoundedCache<Integer, String> cache(long most) {
    return new BoundedCache<>(
        most, (key, value) -> 1, value -> tellers.add(Thread.currentThread()));
  }
}
