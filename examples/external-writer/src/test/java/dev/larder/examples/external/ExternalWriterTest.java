package dev.larder.examples.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExternalWriterTest {

  @Test
  void whatAnotherProgramWritesIsShownByEachWay() throws Exception {
    try (TestDatabase database = Databases.postgres()) {
      List<Main.Line> lines = Main.run(database, 2);

      assertThat(lines).extracting(Main.Line::way).containsExactly(Way.values());
      assertThat(lines)
          .allSatisfy(
              line -> {
                assertThat(line.share()).isPositive();
                assertThat(line.longest()).isPositive();
              });
    }
  }
}
