package dev.larder.jdbc.internal.prefetch;

import dev.larder.jdbc.internal.pin.LookUpText;
import dev.larder.jdbc.internal.trail.KeyColumn;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** A template that looks rows up, and where its values came from so far. Thread-safe. */
final class LookedUp {

  private static final int MOST_SOURCES = 16;
  private static final int LONGEST_PAUSE = 1 << 10;

  /** A column of the answers to a template. */
  private record Source(String template, int column) {}

  private final LookUpText text;
  private final ConcurrentMap<Source, Experience> experiences = new ConcurrentHashMap<>();

  // Racy: what is lost costs a look at some answers, or saves it.

  private int pause;
  private int nextPause = 1;

  LookedUp(LookUpText text) {
    this.text = text;
  }

  LookUpText text() {
    return text;
  }

  /** Whether it is worth looking where the latest values are from. */
  boolean isWorthLooking(int lookUps) {
    if (pause > 0) {
      pause--;
      return false;
    }
    return lookUps >= Experience.SHOWN_BY
        || experiences.values().stream().anyMatch(Experience::isTrusted);
  }

  /** They are from nowhere that is known: looking costs time, so the next look is later. */
  void isFromNowhere() {
    pause = nextPause;
    nextPause = Math.min(LONGEST_PAUSE, nextPause * 2);
  }

  /** What is known of that column; null where there are too many. */
  @Nullable Experience experience(KeyColumn column) {
    nextPause = 1;
    Source source = new Source(column.template(), column.column());
    Experience known = experiences.get(source);
    return known != null || experiences.size() >= MOST_SOURCES
        ? known
        : experiences.computeIfAbsent(source, any -> new Experience());
  }
}
