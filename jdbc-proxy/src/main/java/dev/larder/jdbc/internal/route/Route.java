package dev.larder.jdbc.internal.route;

/** The way of a read: to the primary, or to a replica. Immutable and thread-safe. */
public sealed interface Route {

  /** The primary answers. */
  record Primary(Reason reason) implements Route {}

  /**
   * A replica answers; the caller leases a connection of it.
   *
   * @param serverStart the run of the server that is known to have come far enough
   * @param ageNanos how old its state may be
   * @param covers whether it has replayed everything that the ledger knows of the footprint
   */
  record ToReplica(Replica replica, long serverStart, long ageNanos, boolean covers)
      implements Route {}

  /** Why the primary answers. */
  enum Reason {
    /** The primary has not been asked for its log's end since the footprint last changed. */
    POSITION_UNKNOWN,
    /** No replica has replayed the footprint's last change, or is as fresh as asked. */
    BEHIND,
    /** No replica is in the rotation, or has a connection to spare. */
    NONE_AVAILABLE
  }
}
