package dev.larder.jdbc.internal.prefetch;

import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.store.CacheKey;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A query that a connection is likely to run next, and what becomes of its answer. Thread-safe. */
public final class Guess implements Expectation {

  private final Asked like;
  private final CacheKey key;
  private final List<Object> values;
  private final QueryNode before;

  /** How many guesses in a row led here. */
  private final int depth;

  private final AtomicBoolean waited = new AtomicBoolean();

  Guess(QueryNode before, QueryNode.Likely likely, CacheKey key, int depth) {
    this.like = likely.like();
    this.values = List.copyOf(likely.values());
    this.key = key;
    this.before = before;
    this.depth = depth;
  }

  /** A text of its template. */
  public CachedStatement text() {
    return like.text();
  }

  /** What it is kept by, frozen. */
  public CacheKey key() {
    return key;
  }

  Asked like() {
    return like;
  }

  List<Object> values() {
    return values;
  }

  int depth() {
    return depth;
  }

  @Override
  public void waits() {
    waited.set(true);
  }

  @Override
  public void ended(boolean wasUsed) {
    before.ended(like.template(), wasUsed);
  }

  /** Nothing more will come of it: where nothing waited, somebody else was at it. */
  void complete() {
    if (depth == 1 && !waited.get()) {
      before.isUnknown(like.template());
    }
  }
}
