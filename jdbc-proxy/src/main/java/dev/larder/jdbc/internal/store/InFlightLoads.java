package dev.larder.jdbc.internal.store;

import dev.larder.invalidation.ledger.Stamp;
import dev.larder.jdbc.internal.result.Snapshot;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The loads under way: one at a time per key, others may wait for its result. Thread-safe. */
public final class InFlightLoads {

  private final ConcurrentMap<CacheKey, Load> loads = new ConcurrentHashMap<>();

  /**
   * Begins a load of a key, unless one is under way.
   *
   * @param frozen the key, frozen
   * @param stamp where the ledger stands before the load
   * @param readAtNanos which moment the load's result may speak of
   * @return the load under way, or the caller's own ({@link Load#isLedBy} tells), which it must
   *     complete whatever happens
   */
  public Load join(CacheKey frozen, Stamp stamp, long readAtNanos, Object leader) {
    return loads.computeIfAbsent(frozen, key -> new Load(this, key, stamp, readAtNanos, leader));
  }

  private void remove(Load load) {
    loads.remove(load.key, load);
  }

  /** A load under way, and what came of it. Thread-safe. */
  public static final class Load {

    private final InFlightLoads loads;
    private final CacheKey key;
    private final Stamp stamp;
    private volatile long readAtNanos;
    private final Object leader;
    private final CompletableFuture<@Nullable Snapshot> completion = new CompletableFuture<>();
    private volatile boolean hasConnection;
    private volatile boolean joined;

    private Load(InFlightLoads loads, CacheKey key, Stamp stamp, long readAtNanos, Object leader) {
      this.loads = loads;
      this.key = key;
      this.stamp = stamp;
      this.readAtNanos = readAtNanos;
      this.leader = leader;
    }

    public boolean isLedBy(Object who) {
      return leader == who;
    }

    public CacheKey key() {
      return key;
    }

    public Stamp stamp() {
      return stamp;
    }

    public long readAtNanos() {
      return readAtNanos;
    }

    /** Notes that what is read is as old as that: to be said before completion. */
    public void readsFrom(long nanos) {
      readAtNanos = nanos;
    }

    /** Notes that the leader has a connection: waiting for it cannot be waiting for oneself. */
    public void connected() {
      hasConnection = true;
    }

    public boolean hasConnection() {
      return hasConnection;
    }

    /** Notes that somebody waits for what comes of it. */
    public void joined() {
      joined = true;
    }

    /** Whether anybody has waited for what comes of it. */
    public boolean isJoined() {
      return joined;
    }

    /** Ends the load. Null where its result is nobody else's: it failed, or it was not stored. */
    public void complete(@Nullable Snapshot result) {
      loads.remove(this);
      completion.complete(result);
    }

    /** The result, for others to wait for; null where there is none for them. */
    public CompletableFuture<@Nullable Snapshot> completion() {
      return completion;
    }
  }
}
