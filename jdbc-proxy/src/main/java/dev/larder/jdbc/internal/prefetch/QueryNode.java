package dev.larder.jdbc.internal.prefetch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A template that is run, and what its executions are followed by. Thread-safe. */
final class QueryNode {

  /** So many executions show what follows, if anything does. */
  private static final int SHOWN_BY = 8;

  private static final double LIKELY = 0.8;
  private static final int MOST_FOLLOWERS = 8;

  /** What is asked for sooner than that after an answer cannot be run any earlier. */
  private static final double SHORTEST_GAP_NANOS = 300_000;

  /** What one more gap weighs. */
  private static final double NEWEST = 0.25;

  /** What was before that many executions counts half. */
  private static final int HALVED_AFTER = 64;

  /** Of a template that nothing follows, one execution in so many is looked at. */
  private static final int SELDOM = 32;

  /** A template that follows this one. */
  private static final class Follower {
    private Asked like;
    private List<Set<ValueSource>> sources;

    /** How many executions there were since it was seen first, that one included. */
    private int runs = 1;

    private int followed = 1;

    /** How long after the answer it is asked for. */
    private double gapNanos;

    private final Experience experience = new Experience();

    Follower(Asked like, List<Set<ValueSource>> sources, double gapNanos) {
      this.like = like;
      this.sources = sources;
      this.gapNanos = gapNanos;
    }

    /** Whether running it now is worth anything to who has that answer in hand. */
    boolean isInTime(Ran before) {
      return before.answeredAtNanos() == 0 || gapNanos >= SHORTEST_GAP_NANOS;
    }

    void halve() {
      runs /= 2;
      followed /= 2;
    }

    boolean isHalfTheTime() {
      return followed * 2 >= runs - 1;
    }

    void hasFollowed() {
      followed = Math.min(runs, followed + 1);
    }
  }

  /** A follower that is likely, with its values. */
  record Likely(Asked like, List<Object> values) {}

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.

  private final Map<String, Follower> followers = new HashMap<>();
  private int runs;

  /** Racy: whether nothing seems to follow. */
  private volatile boolean dull;

  private int seen;

  /** Whether an execution is worth being looked at. */
  boolean isWorthLooking() {
    return !dull || seen++ % SELDOM == 0;
  }

  /** It is executed once more. */
  Ran runs(List<Object> values) {
    lock.lock();
    try {
      runs++;
      followers.values().forEach(each -> each.runs++);
      if (runs > HALVED_AFTER) {
        runs /= 2;
        followers.values().forEach(Follower::halve);
        followers.values().removeIf(each -> each.followed == 0);
      }
      dull = runs > SHOWN_BY && followers.values().stream().noneMatch(Follower::isHalfTheTime);
    } finally {
      lock.unlock();
    }
    return new Ran(this, values, null, 0, new HashSet<>());
  }

  /** Another template was asked for after an execution. */
  void follows(Ran before, Asked asked) {
    List<Set<ValueSource>> found = new ArrayList<>();
    for (Object value : asked.parameters().values()) {
      found.add(ValueSource.all(value, before));
    }
    double gap = System.nanoTime() - before.answeredAtNanos();
    lock.lock();
    try {
      Follower known = followers.get(asked.template());
      if (known == null) {
        if (followers.size() < MOST_FOLLOWERS) {
          followers.put(asked.template(), new Follower(asked, found, gap));
        }
        return;
      }
      known.like = asked;
      known.gapNanos += (gap - known.gapNanos) * NEWEST;
      boolean same = known.sources.size() == found.size();
      for (int i = 0; same && i < found.size(); i++) {
        Set<ValueSource> both = new HashSet<>(known.sources.get(i));
        both.retainAll(found.get(i));
        same = !both.isEmpty();
        found.get(i).retainAll(same ? both : found.get(i));
      }
      known.sources = found;
      if (same) {
        known.hasFollowed();
      } else {
        known.followed = 1;
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is likely to be asked for after an execution, as far as its values are known. */
  List<Likely> likely(Ran before) {
    List<Likely> found = new ArrayList<>();
    lock.lock();
    try {
      for (Map.Entry<String, Follower> each : followers.entrySet()) {
        Follower follower = each.getValue();
        // This execution is counted already, and nothing has followed it yet.
        int others = follower.runs - 1;
        if (others >= SHOWN_BY
            && follower.followed >= LIKELY * others
            && follower.isInTime(before)
            && !before.noted().contains(each.getKey())) {
          List<Object> values = values(follower, before);
          if (values != null && follower.experience.isWorthATry()) {
            found.add(new Likely(follower.like, values));
          }
        }
      }
    } finally {
      lock.unlock();
    }
    return found;
  }

  private static @Nullable List<Object> values(Follower follower, Ran before) {
    List<Object> values = new ArrayList<>(follower.sources.size());
    for (Set<ValueSource> each : follower.sources) {
      Object value = ValueSource.value(each.iterator().next(), before);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return values;
  }

  /** What became of a guess. */
  void ended(String template, boolean used) {
    lock.lock();
    try {
      Follower follower = followers.get(template);
      if (follower != null) {
        follower.experience.ended(used ? 1 : 0, 1);
        if (used) {
          follower.hasFollowed();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Of one execution it will not be known whether a template has followed. */
  void isUnknown(String template) {
    lock.lock();
    try {
      Follower follower = followers.get(template);
      if (follower != null) {
        follower.runs = Math.max(follower.followed, follower.runs - 1);
      }
    } finally {
      lock.unlock();
    }
  }
}
