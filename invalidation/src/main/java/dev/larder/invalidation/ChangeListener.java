package dev.larder.invalidation;

/**
 * Hears of every change after it was recorded. Called on the thread that recorded it, so it must be
 * thread-safe and quick; what it throws is logged and goes no further.
 */
@FunctionalInterface
public interface ChangeListener {

  /** Called after the change was recorded. */
  void onChange(Change change);
}
