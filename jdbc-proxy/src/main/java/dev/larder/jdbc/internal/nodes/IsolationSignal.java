package dev.larder.jdbc.internal.nodes;

/**
 * The signal by which a node that the others cannot hear tells them, through the database, that it
 * writes. Implementations are thread-safe, and throw nothing.
 */
public interface IsolationSignal {

  /** Where the database has no way to tell. */
  IsolationSignal NONE =
      new IsolationSignal() {
        @Override
        public void raise() {}

        @Override
        public void lower() {}
      };

  /**
   * From now on the others see it, or cannot be told. May ask the database; where it is raised
   * already, looks whether it still is.
   */
  void raise();

  /** The others hear this node again. */
  void lower();
}
