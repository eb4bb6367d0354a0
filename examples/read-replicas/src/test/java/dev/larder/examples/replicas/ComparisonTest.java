package dev.larder.examples.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void onlyARouterThatKnowsWhatWasWrittenReadsItsOwnWrites() throws Exception {
    try (Cluster cluster = Cluster.start()) {
      List<Comparison.Line> lines = Comparison.run(cluster, 60);

      Comparison.Line inTurn = lines.get(0);
      Comparison.Line larder = lines.get(1);
      assertThat(inTurn.day().stale()).isPositive();
      assertThat(larder.day().stale()).isZero();
      assertThat(larder.day().reads()).isEqualTo(inTurn.day().reads());
      assertThat(larder.byReplicas()).isPositive();
      assertThat(larder.fromMemory()).isPositive();
    }
  }
}
