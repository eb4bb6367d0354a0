package dev.larder.benchmarks.workload;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The public workloads there are, by name. */
public final class PublishedWorkloads {
  private static final List<Supplier<PublishedWorkload>> ALL =
      List.of(
          Ycsb::a,
          Ycsb::b,
          Ycsb::uniformB,
          Ycsb::c,
          Ycsb::e,
          SmallBank::new,
          Tatp::new,
          Twitter::new,
          Epinions::new,
          Wikipedia::new,
          TpcC::new,
          Seats::new,
          AuctionMark::new);

  private PublishedWorkloads() {}

  /** By name, makers of a workload for one database. */
  public static Map<String, Supplier<PublishedWorkload>> byName() {
    Map<String, Supplier<PublishedWorkload>> byName = new TreeMap<>();
    ALL.forEach(maker -> byName.put(maker.get().name(), maker));
    return byName;
  }
}
