package dev.larder.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * Client bytes that a {@link Relay} lies in wait for, and later what it caught.
 *
 * <p>Safe for use by several threads. Waiting is bounded by ten seconds and fails with an {@link
 * java.util.concurrent.CompletionException}.
 */
public final class Interception {
  private static final long LIMIT_SECONDS = 10;

  private final Predicate<byte[]> clientBytes;
  private final Relay.Fate fate;
  private final AtomicBoolean claimed = new AtomicBoolean();
  private final CompletableFuture<RelayLink> caught = new CompletableFuture<>();
  private final CompletableFuture<Void> replied = new CompletableFuture<>();

  Interception(Predicate<byte[]> clientBytes, Relay.Fate fate) {
    this.clientBytes = clientBytes;
    this.fate = fate;
  }

  /** Whether the bytes have come and the client has been cut. */
  public boolean happened() {
    return caught.isDone();
  }

  /** Returns when the bytes have come and the client has been cut. */
  public void await() {
    caught();
  }

  /** Returns when the server has answered the bytes: what they asked for is done. */
  public void awaitServerReply() {
    replied.copy().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  /**
   * Sends kept bytes to the server and returns when it has answered them.
   *
   * @throws IllegalStateException when the bytes were not to be kept
   * @throws UncheckedIOException when the server has closed its side
   */
  public void deliver() {
    if (fate != Relay.Fate.KEEP_THEN_CUT) {
      throw new IllegalStateException("nothing was kept back: " + fate);
    }
    RelayLink link = caught();
    try {
      link.deliverKept();
    } catch (IOException e) {
      throw new UncheckedIOException("the server no longer listens", e);
    }
    awaitServerReply();
  }

  /** Closes the server's side, so that kept bytes never arrive. */
  public void discard() {
    caught().close();
  }

  Relay.Fate fate() {
    return fate;
  }

  /* The first link whose bytes fit has it; others pass from then on. */
  boolean claim(byte[] bytes) {
    return !claimed.get() && clientBytes.test(bytes) && claimed.compareAndSet(false, true);
  }

  void happened(RelayLink link) {
    caught.complete(link);
  }

  void replied() {
    replied.complete(null);
  }

  void serverClosed() {
    replied.completeExceptionally(new IOException("the server closed without a reply"));
  }

  private RelayLink caught() {
    return caught.copy().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }
}
