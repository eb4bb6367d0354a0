package dev.larder.jdbc.internal.prefetch;

import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.trail.Step;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a template.
 *
 * @param values its parameters
 * @param answer null while it is not there
 * @param answeredAtNanos when its asker had it; 0 while nobody has asked, or it is not there
 * @param noted the templates of which it is seen already that they follow, or guessed
 */
record Ran(
    QueryNode node,
    List<Object> values,
    @Nullable Snapshot answer,
    long answeredAtNanos,
    Set<String> noted)
    implements Step {

  Ran answered(Snapshot found) {
    return new Ran(node, values, found, System.nanoTime(), noted);
  }
}
