package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.invalidation.source.Coverage;
import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.settings.FreshnessSettings;
import dev.larder.jdbc.internal.settings.Writers;
import java.time.Duration;
import java.util.OptionalLong;

/** The age that answers from memory may have, where others may write too. Thread-safe. */
public final class AnswerAge {

  private final Coverage coverage;
  private final boolean everyWriterIsSeen;
  private final long maxNanos;

  /**
   * @param coverage what sources of changes made elsewhere can prove
   */
  public AnswerAge(FreshnessSettings settings, Coverage coverage) {
    this.coverage = coverage;
    this.everyWriterIsSeen = settings.writers() == Writers.THIS_JVM;
    this.maxNanos = everyWriterIsSeen ? Long.MAX_VALUE : settings.maxStaleness().toNanos();
  }

  /** Whether what the ledger knows of is all that is written. */
  public boolean everyWriterIsSeen() {
    return everyWriterIsSeen;
  }

  /** How old an answer may be at most, where its text does not ask for less. */
  public long maxNanos() {
    return maxNanos;
  }

  /** The same for an answer with that footprint, given what sources can prove now. */
  public long maxNanos(TrackedFootprint footprint) {
    return coverage.allowedAge(footprint, maxNanos);
  }

  /** The same for a text, which can ask for fresher answers than the settings do, never older. */
  public long maxNanos(Analysis analysis, TrackedFootprint footprint) {
    long allowed = maxNanos(footprint);
    Duration asked = analysis.hints().ttl();
    return asked == null ? allowed : Math.min(allowed, asked.toNanos());
  }

  /**
   * Up to when every change to the footprint is known, by a source that may be lost by now; empty
   * where none tells.
   */
  OptionalLong lastProven(TrackedFootprint footprint) {
    return coverage.lastProven(footprint, maxNanos);
  }

  /** Lets a cache above know of which moment an answer speaks, where that matters. */
  void tell(LogicalConnection connection, long readAtNanos) {
    if (maxNanos != Long.MAX_VALUE) {
      connection.answeredAsOf(readAtNanos);
    }
  }
}
