package dev.larder.invalidation.source;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.OpenCommit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Follows one session: asks for marks, and brings what comes to the ledger. Used by one thread. */
final class SourceFollower implements ChangeSink {

  private static final int MOST_MARKS = 1_000;

  /** A sign of life that was asked for. */
  private record Mark(long number, long askedAtNanos) {}

  private final SourceSession session;
  private final Ledger ledger;
  private final SourceCounts counts;
  private final Consumer<@Nullable String> warnings;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private final List<OpenCommit> open = new ArrayList<>();
  private long lastNumber;
  private long answeredUpTo;
  private long lastAskedAtNanos;
  private boolean proven;
  private long provenAtNanos;

  SourceFollower(
      SourceSession session,
      Ledger ledger,
      SourceCounts counts,
      Consumer<@Nullable String> warnings) {
    this.session = session;
    this.ledger = ledger;
    this.counts = counts;
    this.warnings = warnings;
  }

  /**
   * Reads once, after asking for a mark if it is time to.
   *
   * @return for how long the oldest mark without an answer has been outstanding, in nanoseconds
   */
  long step(Duration interval) throws Exception {
    long now = System.nanoTime();
    boolean due = lastNumber == 0 || now - lastAskedAtNanos >= interval.toNanos();
    if (marks.size() >= MOST_MARKS && marks.element().number <= answeredUpTo) {
      marks.remove();
    }
    if (due && marks.size() < MOST_MARKS) {
      Mark mark = new Mark(++lastNumber, now);
      marks.add(mark);
      lastAskedAtNanos = now;
      session.requestMark(mark.number);
    }
    session.read(this);
    for (Mark mark : marks) {
      if (mark.number > answeredUpTo) {
        return System.nanoTime() - mark.askedAtNanos;
      }
    }
    return 0;
  }

  /** Whether a mark has come back. */
  boolean isProven() {
    return proven;
  }

  /** When the last mark that came back was asked for. */
  long provenAtNanos() {
    return provenAtNanos;
  }

  /** Ends what the session left open: from here on nothing is covered. */
  void end() {
    open.forEach(OpenCommit::end);
    open.clear();
  }

  @Override
  public void changed(ChangeSet changes) {
    ledger.changed(changes, Origin.SOURCE);
    counts.change();
  }

  @Override
  public OpenCommit opened(ChangeSet changes) {
    open.removeIf(OpenCommit::hasEnded);
    OpenCommit commit = ledger.begin(changes, Origin.SOURCE);
    open.add(commit);
    // Who sees the count finds the cells open.
    counts.change();
    return commit;
  }

  /** Also takes a mark that comes twice, or behind a later one: neither proves anything new. */
  @Override
  public void marked(long number) {
    if (number > lastNumber) {
      return;
    }
    while (!marks.isEmpty() && marks.peek().number <= number) {
      Mark mark = marks.remove();
      proven = true;
      provenAtNanos = mark.askedAtNanos;
      counts.lag(System.nanoTime() - mark.askedAtNanos);
    }
  }

  @Override
  public void answered(long number) {
    answeredUpTo = Math.max(answeredUpTo, Math.min(number, lastNumber));
  }

  @Override
  public void gap(String why) {
    counts.gap();
    ledger.changed(ChangeSet.DEFINITIONS, Origin.SOURCE);
  }

  @Override
  public void rejected(String why) {
    counts.rejected();
  }

  @Override
  public void warning(@Nullable String problem) {
    warnings.accept(problem);
  }
}
