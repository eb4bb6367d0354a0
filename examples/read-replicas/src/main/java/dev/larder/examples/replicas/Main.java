package dev.larder.examples.replicas;

/** Runs the comparison and prints its table. */
public final class Main {

  private static final int DELIVERIES = 500;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    try (Cluster cluster = Cluster.start()) {
      System.out.printf(
          "%n%-18s %8s %14s %12s %14s%n",
          "reads go to", "reads", "by replicas", "from memory", "own write lost");
      for (Comparison.Line line : Comparison.run(cluster, DELIVERIES)) {
        System.out.printf(
            "%-18s %8d %14d %12d %14d%n",
            line.who(),
            line.day().reads(),
            line.byReplicas(),
            line.fromMemory(),
            line.day().stale());
      }
    }
    // A pool's threads may outlive the work by a moment.
    System.exit(0);
  }
}
