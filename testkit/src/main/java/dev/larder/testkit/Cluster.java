package dev.larder.testkit;

import java.util.List;

/** A primary with replicas. The databases it makes are safe for use by several threads. */
public interface Cluster extends AutoCloseable {

  /** All of them, which replay what the primary commits. */
  List<? extends Replica> replicas();

  /** A freshly created, empty database, which the replicas have too. */
  TestDatabase fresh();

  /** A database's URLs on the replicas, separated by commas, with user and password. */
  String replicaUrls(TestDatabase database);

  /** Lets replay go on everywhere, and waits until the replicas have all that is on the primary. */
  void awaitCaughtUp();

  /** Stops all and deletes their data. */
  @Override
  void close();
}
