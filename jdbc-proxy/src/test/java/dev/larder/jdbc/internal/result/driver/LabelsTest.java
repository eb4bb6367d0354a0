package dev.larder.jdbc.internal.result.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A label finds the first column that has it, whatever its case. */
final class LabelsTest {

  private final Labels labels =
      new Labels.Builder().add("id", 1).add("Name", 2).add("NAME", 3).add("name", 4).build();

  @Test
  void theFirstColumnOfALabelIsFound() {
    assertThat(labels.find("id")).isEqualTo(1);
    assertThat(labels.find("ID")).isEqualTo(1);
    for (String name : new String[] {"Name", "NAME", "name", "nAmE"}) {
      assertThat(labels.find(name)).as(name).isEqualTo(2);
    }
  }

  @Test
  void anUnknownLabelIsNoColumn() {
    assertThat(labels.find("title")).isZero();
    assertThat(labels.find("")).isZero();
  }
}
