package dev.larder.jdbc.internal.datasource;

import dev.larder.invalidation.ChangeListener;
import dev.larder.invalidation.ledger.Ledger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Those who want to hear of changes, from before there is a ledger until the data source is closed.
 * Thread-safe.
 */
final class ChangeListeners implements AutoCloseable {

  private final List<ChangeListener> early = new ArrayList<>();
  private final List<Runnable> endings = new ArrayList<>();
  private @Nullable Ledger ledger;

  /** Tells {@code listener} of changes, from the moment there is a ledger. */
  synchronized void add(ChangeListener listener) {
    if (ledger == null) {
      early.add(listener);
    } else {
      endings.add(ledger.onChange(listener));
    }
  }

  synchronized void follow(Ledger known) {
    ledger = known;
    early.forEach(listener -> endings.add(known.onChange(listener)));
    early.clear();
  }

  /** The application may hold a closed data source for long, and others its database's ledger. */
  @Override
  public synchronized void close() {
    endings.forEach(Runnable::run);
    endings.clear();
    early.clear();
  }
}
