package dev.larder.jdbc.internal.observe;

import dev.larder.jdbc.BypassReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What happened so far, counted. Thread-safe; counting takes no lock. */
public final class Counters {

  public final LongAdder hits = new LongAdder();
  public final LongAdder misses = new LongAdder();
  public final LongAdder stores = new LongAdder();
  public final LongAdder writes = new LongAdder();
  public final LongAdder invalidated = new LongAdder();
  public final LongAdder evictions = new LongAdder();
  public final LongAdder joinedFlights = new LongAdder();
  public final LongAdder statementsToDatabase = new LongAdder();
  public final LongAdder analysedTexts = new LongAdder();
  public final LongAdder failures = new LongAdder();
  public final LongAdder audited = new LongAdder();
  public final LongAdder auditMismatches = new LongAdder();
  public final LongAdder auditStale = new LongAdder();
  public final LongAdder auditSkipped = new LongAdder();

  /** Answers that were loaded before they were asked for, and what became of them. */
  public final LongAdder refreshed = new LongAdder();

  public final LongAdder refreshedUsed = new LongAdder();
  public final LongAdder refreshedInVain = new LongAdder();

  /** Answers that were due to be loaded and were not: no time or no connection was free. */
  public final LongAdder refreshesPutOff = new LongAdder();

  public final LongAdder refreshNanos = new LongAdder();

  /** Look-ups that a pinned table answered, and how often one was read as a whole. */
  public final LongAdder pinned = new LongAdder();

  public final LongAdder pinnedReads = new LongAdder();

  /** Statements that loaded answers before they were asked for, and what became of those. */
  public final LongAdder prefetches = new LongAdder();

  public final LongAdder prefetched = new LongAdder();
  public final LongAdder prefetchedUsed = new LongAdder();
  public final LongAdder prefetchedInVain = new LongAdder();

  /** Times that there was something to be loaded so, and no time or connection was free. */
  public final LongAdder prefetchesPutOff = new LongAdder();

  /** Answers that were served past their age bound, while the database could not be reached. */
  public final LongAdder servedPast = new LongAdder();

  /** Of the queries that a database ran, a sample: how many, and how long they took together. */
  public final LongAdder measuredQueries = new LongAdder();

  public final LongAdder measuredNanos = new LongAdder();

  private final LongAdder[] bypasses = new LongAdder[BypassReason.values().length];

  public Counters() {
    for (int i = 0; i < bypasses.length; i++) {
      bypasses[i] = new LongAdder();
    }
  }

  /** How many statements were answered, by whomever. */
  public long statements() {
    return hits.sum() + statementsToDatabase.sum();
  }

  /** A query went to the database, or its answer was not kept, for this reason. */
  public void bypassed(BypassReason reason) {
    bypasses[reason.ordinal()].increment();
  }

  /** The reasons met so far, with their counts. */
  public Map<BypassReason, Long> bypasses() {
    Map<BypassReason, Long> counts = new EnumMap<>(BypassReason.class);
    for (BypassReason reason : BypassReason.values()) {
      long count = bypasses[reason.ordinal()].sum();
      if (count > 0) {
        counts.put(reason, count);
      }
    }
    return counts;
  }
}
