package dev.larder.jdbc.internal.session;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ChangeSetBuilder;
import dev.larder.invalidation.Scope;
import java.util.Set;

/**
 * What a transaction has written so far. What its last statement may have written is kept apart
 * until somebody asks, so that it can be taken back. Not thread-safe.
 */
final class OwnWrites {

  private final ChangeSetBuilder before = new ChangeSetBuilder();
  private ChangeSet last = ChangeSet.NOTHING;

  void add(ChangeSet more) {
    settle();
    last = more;
  }

  /** The last statement was about to write these, and nothing has become of it. */
  void takeBack(ChangeSet none) {
    if (last.equals(none)) {
      last = ChangeSet.NOTHING;
    }
  }

  ChangeSet all() {
    settle();
    return before.build();
  }

  /** What that may have changed. */
  Set<Scope> scopes() {
    settle();
    return before.scopes();
  }

  private void settle() {
    before.add(last);
    last = ChangeSet.NOTHING;
  }
}
