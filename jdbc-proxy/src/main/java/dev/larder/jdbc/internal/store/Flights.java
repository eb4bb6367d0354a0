package dev.larder.jdbc.internal.store;

import dev.larder.invalidation.Stamp;
import dev.larder.jdbc.internal.result.Snapshot;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** One load at a time per key; others may wait for its answer. Thread-safe. */
public final class Flights {

  private final ConcurrentMap<CacheKey, Flight> flights = new ConcurrentHashMap<>();

  /**
   * Starts a flight for a key, unless one is under way.
   *
   * @param frozen the key, frozen
   * @param stamp where the ledger stands before the load
   * @param readAtNanos which moment the load's answer may speak of
   * @return the flight under way, or the caller's own ({@link Flight#isLedBy} tells), which it must
   *     land whatever happens
   */
  public Flight join(CacheKey frozen, Stamp stamp, long readAtNanos, Object leader) {
    return flights.computeIfAbsent(
        frozen, key -> new Flight(this, key, stamp, readAtNanos, leader));
  }

  private void remove(Flight flight) {
    flights.remove(flight.key, flight);
  }

  /** A load under way, and what came of it. Thread-safe. */
  public static final class Flight {

    private final Flights flights;
    private final CacheKey key;
    private final Stamp stamp;
    private volatile long readAtNanos;
    private final Object leader;
    private final CompletableFuture<@Nullable Snapshot> landing = new CompletableFuture<>();
    private volatile boolean airborne;

    private Flight(Flights flights, CacheKey key, Stamp stamp, long readAtNanos, Object leader) {
      this.flights = flights;
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

    /** What is read is as old as that: to be said before landing. */
    public void readsFrom(long nanos) {
      readAtNanos = nanos;
    }

    /** The leader has a connection: waiting for it cannot be waiting for oneself. */
    public void tookOff() {
      airborne = true;
    }

    public boolean isAirborne() {
      return airborne;
    }

    /** Ends the flight. Null where its answer is nobody else's: it failed, or it was not stored. */
    public void land(@Nullable Snapshot answer) {
      flights.remove(this);
      landing.complete(answer);
    }

    /** The answer, for others to wait for; null where there is none for them. */
    public CompletableFuture<@Nullable Snapshot> landing() {
      return landing;
    }
  }
}
