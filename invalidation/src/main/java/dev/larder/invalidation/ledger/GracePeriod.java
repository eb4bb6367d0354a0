package dev.larder.invalidation.ledger;

/**
 * The time until every commit is over that a {@link Gate} had let in at its begin. Immutable and
 * thread-safe.
 */
final class GracePeriod {

  private final Gate gate;
  private final boolean begun;
  private final int epoch;

  /** One that has not begun. */
  GracePeriod(Gate gate) {
    this.gate = gate;
    this.begun = false;
    this.epoch = 0;
  }

  private GracePeriod(Gate gate, int epoch) {
    this.gate = gate;
    this.begun = true;
    this.epoch = epoch;
  }

  boolean hasBegun() {
    return begun;
  }

  /** The one that begins now. */
  GracePeriod begin() {
    return new GracePeriod(gate, gate.lastEpoch());
  }

  Gate gate() {
    return gate;
  }

  boolean isOver() {
    return gate.isSettled() && gate.hasPassed(epoch);
  }
}
