package dev.larder.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the next database while a test uses the last one, and drops the last one while the next
 * test runs: PostgreSQL takes longer for either than many a test does. Safe for use by several
 * threads.
 */
final class DatabaseStock {

  private static final ExecutorService DROPPING = thread("larder-testkit-drops");

  private final ExecutorService making = thread("larder-testkit-makes");
  private @Nullable CompletableFuture<TestDatabase> next;

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(
        work -> {
          Thread thread = new Thread(work, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * A database that nobody else has been given.
   *
   * @param maker makes one like all others of this stock
   * @throws java.util.concurrent.CompletionException caused by what the maker threw
   */
  TestDatabase take(Supplier<TestDatabase> maker) {
    CompletableFuture<TestDatabase> taken;
    synchronized (this) {
      taken = next == null ? CompletableFuture.supplyAsync(maker, making) : next;
      next = CompletableFuture.supplyAsync(maker, making);
    }
    return taken.join();
  }

  /** Closes a database that no test needs any more, a little later. */
  static void drop(TestDatabase database) {
    DROPPING.execute(database::close);
  }
}
