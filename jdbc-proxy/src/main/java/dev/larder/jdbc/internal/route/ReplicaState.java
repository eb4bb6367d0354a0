package dev.larder.jdbc.internal.route;

/** The state of a replica: given reads, or out of the rotation. Immutable and thread-safe. */
sealed interface ReplicaState {

  /**
   * It answers, follows the primary and is not too far behind.
   *
   * @param replayed how far it had come in the log when it was asked: it has come at least as far
   *     for as long as that server runs
   * @param serverStart which run of the server that was, by when it started
   */
  record Serving(long replayed, long serverStart) implements ReplicaState {}

  /** It gets no reads. */
  record Out(Reason reason) implements ReplicaState {}

  /** Why a replica gets no reads. */
  enum Reason {
    NOT_ASKED_YET("it has not answered yet"),
    PRIMARY_UNKNOWN("the primary has not said yet where its log ends"),
    UNREACHABLE("it cannot be reached"),
    REFUSED("it does not tell this user how far it has come"),
    SILENT("it does not answer in time"),
    NOT_A_REPLICA("it takes writes, or leaves out some: promoted, or never a replica"),
    OTHER_HISTORY("it follows another timeline than the primary, or has what the primary has not"),
    LAGGING("it lags by more than larder.replicas.max-lag, or its lag cannot be told"),
    CLOSED("the data source is closed");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    @Override
    public String toString() {
      return sentence;
    }
  }
}
