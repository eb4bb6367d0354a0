package dev.larder.jdbc;

import dev.larder.invalidation.Origin;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a DataSource has done since it was made. Immutable and thread-safe; the counters are read
 * one after the other, so that they may differ by the work of a moment.
 *
 * @param hits queries answered from memory
 * @param misses queries that could have been answered from memory and were run on the database
 * @param stores answers put into memory
 * @param bypasses queries that were not answered from memory or not stored, by reason; a query that
 *     was run as a miss and then not stored counts here too
 * @param writes statements that wrote, or may have written
 * @param invalidated stored answers found to be out of date
 * @param evictions stored answers dropped to make room
 * @param joinedFlights queries answered by another caller's execution of the same query
 * @param entries answers in memory now
 * @param bytes what they weigh, in bytes
 * @param statementsToDatabase statements that reached the database
 * @param borrowedConnections physical connections taken from the pool
 * @param parses SQL texts that were parsed
 * @param failures failures of the cache itself, each of which cost a miss
 * @param audited hits that an audit ran again on the database and compared
 * @param auditMismatches those whose answer differed though nothing had changed
 * @param auditStale those whose answer differed, as it may where others write too
 * @param auditSkipped hits that were to be audited and were not: the audit was busy, the session
 *     had settings of its own, or a commit came between
 * @param replicas how each replica does, in the order of {@code larder.replicas}
 * @param pool how the primary's pool does
 * @param savings what hits were worth
 * @param freshness how old an answer may be, and who changes what answers follow from
 * @param tier what became of the answers that nodes keep for each other
 * @param refreshes what was loaded before it was asked for
 * @param pins what tables answered that are in memory as a whole
 * @param prefetches what was loaded because a connection was about to ask for it
 * @param servedPastBound queries that were answered past the age bound, while the database could
 *     not be reached
 */
public record Statistics(
    long hits,
    long misses,
    long stores,
    Map<BypassReason, Long> bypasses,
    long writes,
    long invalidated,
    long evictions,
    long joinedFlights,
    long entries,
    long bytes,
    long statementsToDatabase,
    long borrowedConnections,
    long parses,
    long failures,
    long audited,
    long auditMismatches,
    long auditStale,
    long auditSkipped,
    List<Replica> replicas,
    Pool pool,
    Savings savings,
    Freshness freshness,
    Tier tier,
    Refreshes refreshes,
    Pins pins,
    Prefetches prefetches,
    long servedPastBound) {

  /**
   * How the pool of the primary does.
   *
   * @param maximum how many connections may be open at most; 0 where a pool that was brought does
   *     not say
   * @param active how many are in use
   * @param idle how many wait to be used
   * @param waiting how many callers wait for one
   * @param changes how many times an adaptive pool changed its maximum
   * @param reason why the maximum is what it is
   */
  public record Pool(int maximum, int active, int idle, int waiting, long changes, String reason) {}

  /**
   * What hits were worth.
   *
   * @param saved the time that the database would have taken for the hits, by what misses of the
   *     same templates took; at most a second behind
   * @param measuredQueries of the queries that a database ran, how many were measured: the first of
   *     each template and then one in sixteen
   * @param measuredTime how long those took until rows were there, without the wait for a
   *     connection
   */
  public record Savings(Duration saved, long measuredQueries, Duration measuredTime) {}

  /**
   * How old an answer may be, and who changes what answers follow from.
   *
   * @param stalenessBound how old an answer may be now where a writer may be unseen: zero where
   *     every writer is seen, the lag of a source that covers, else {@code larder.max-staleness}
   * @param changes how many changes came from where
   */
  public record Freshness(Duration stalenessBound, Map<Origin, Long> changes) {
    public Freshness {
      changes = Map.copyOf(changes);
    }
  }

  /**
   * What became of the answers that nodes keep for each other ({@code larder.tier.redis}).
   *
   * @param outcomes how often each was the end of a look-up, or of an answer that was to be kept:
   *     {@code hit}, {@code absent}, why one that was there was not used, {@code late}, {@code
   *     bypassed}, {@code stored} and others; empty where there is no tier
   * @param bytesRead of values
   * @param bytesWritten of values
   * @param lookUps that were answered
   * @param lookUpTime what those took together
   */
  public record Tier(
      Map<String, Long> outcomes,
      long bytesRead,
      long bytesWritten,
      long lookUps,
      Duration lookUpTime) {

    /** There is none. */
    public static final Tier NONE = new Tier(Map.of(), 0, 0, 0, Duration.ZERO);

    public Tier {
      outcomes = Map.copyOf(outcomes);
    }
  }

  /**
   * What was loaded before it was asked for, with {@code larder.refresh}.
   *
   * @param loads how many answers were
   * @param used how many of those were asked for
   * @param inVain how many were out of date again before anybody asked
   * @param putOff how often there was one to be loaded, and no connection or no time of the
   *     database's left for it
   * @param time what the loads took
   */
  public record Refreshes(long loads, long used, long inVain, long putOff, Duration time) {

    /** There were none. */
    public static final Refreshes NONE = new Refreshes(0, 0, 0, 0, Duration.ZERO);
  }

  /**
   * What tables answered that are in memory as a whole, with {@code larder.tables.pin}.
   *
   * @param lookUps first look-ups of a row that were answered so, which count as hits too
   * @param reads how often a table was read as a whole
   */
  public record Pins(long lookUps, long reads) {}

  /**
   * What was loaded because a connection was about to ask for it, with {@code larder.prefetch}.
   *
   * @param statements how many statements loaded it
   * @param answers how many answers those gave
   * @param used how many of them were asked for
   * @param inVain how many were not, within some seconds and before they were out of date
   * @param putOff how often there was something to be loaded, and no connection to spare
   */
  public record Prefetches(long statements, long answers, long used, long inVain, long putOff) {}

  /**
   * How one replica does.
   *
   * @param name its URL without parameters
   * @param condition whether it gets reads, or why not
   * @param reads how many reads it answered
   * @param failures how many reads it failed to answer; another node answered those
   */
  public record Replica(String name, String condition, long reads, long failures) {

    /** Whether it gets reads. */
    public boolean isServing() {
      return !condition.startsWith("out");
    }
  }

  /** Nothing has happened yet. */
  public static final Statistics NONE =
      new Statistics(
          0,
          0,
          0,
          Map.of(),
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          List.of(),
          new Pool(0, 0, 0, 0, 0, ""),
          new Savings(Duration.ZERO, 0, Duration.ZERO),
          new Freshness(Duration.ZERO, Map.of()),
          Tier.NONE,
          Refreshes.NONE,
          new Pins(0, 0),
          new Prefetches(0, 0, 0, 0, 0),
          0);

  public Statistics {
    Map<BypassReason, Long> copy = new EnumMap<>(BypassReason.class);
    copy.putAll(bypasses);
    bypasses = Collections.unmodifiableMap(copy);
    replicas = List.copyOf(replicas);
  }

  /**
   * The share of queries answered from memory or by another caller's execution, among those that
   * could have been; 0 before the first.
   */
  public double hitRatio() {
    long answered = hits + joinedFlights;
    long asked = answered + misses;
    return asked == 0 ? 0 : (double) answered / asked;
  }
}
