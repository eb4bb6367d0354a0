package dev.larder.invalidation.ledger;

/** What a commit has opened, and closes at its end. */
interface Opened {

  /**
   * Moves it once more, and is open no longer.
   *
   * @param tick drawn from the clock after the database has answered
   */
  void close(long tick);
}
