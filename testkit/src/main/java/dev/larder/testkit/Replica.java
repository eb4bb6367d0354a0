package dev.larder.testkit;

/** A server that replays what a primary commits, and whose replay a test may hold back. */
public interface Replica {

  /** Stops replay where it is; returns when it stands. */
  void pauseReplay();

  /** Lets replay go on. */
  void resumeReplay();
}
