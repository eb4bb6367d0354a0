package dev.larder.jdbc.internal.analysis;

import java.util.ArrayDeque;
import java.util.Deque;

/** The levels of parentheses that are open while a text is scanned. Used by one thread. */
final class Frames {

  private final Deque<Frame> outer = new ArrayDeque<>();
  private Frame current = new Frame(Frame.Content.PLAIN);

  Frame current() {
    return current;
  }

  boolean isNested() {
    return !outer.isEmpty();
  }

  void open(Frame.Content content) {
    Frame inner = current.inner(content);
    outer.push(current);
    current = inner;
  }

  /** Leaves the current level; the outermost is never left. */
  void close() {
    if (isNested()) {
      current = outer.pop();
    }
  }

  /** The next statement begins. */
  void restart() {
    outer.clear();
    current = new Frame(Frame.Content.PLAIN);
  }
}
