package dev.larder.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Client bytes that a {@link Relay} lies in wait for, and later what it caught.
 *
 * <p>Safe for use by several threads. Waiting is bounded by ten seconds and fails with an {@link
 * java.util.concurrent.CompletionException}.
 */
public final class Interception {
  private static final long LIMIT_SECONDS = 10;

  private record Catch(RelayLink link, byte[] bytes) {}

  private final Predicate<byte[]> clientBytes;
  private final Relay.Fate fate;
  private final CompletableFuture<Catch> caught = new CompletableFuture<>();
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
    Catch kept = caught();
    try {
      kept.link().toServer(kept.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the server no longer listens", e);
    }
    awaitServerReply();
  }

  /** Closes the server's side, so that kept bytes never arrive. */
  public void discard() {
    caught().link().close();
  }

  Relay.Fate fate() {
    return fate;
  }

  boolean wants(byte[] bytes) {
    return clientBytes.test(bytes);
  }

  void happened(RelayLink link, byte[] bytes) {
    caught.complete(new Catch(link, bytes));
  }

  void replied() {
    replied.complete(null);
  }

  void serverClosed() {
    replied.completeExceptionally(new IOException("the server closed without a reply"));
  }

  private Catch caught() {
    return caught.copy().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }
}
