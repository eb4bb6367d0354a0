package dev.larder.jdbc.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is known of several rows together. */
class RowImagesTest {

  private final RowImages images = new RowImages();

  @Test
  void valuesOfAColumnAreGatheredOverTheRows() {
    images.add(Map.of("id", Set.of("1"), "title", Set.of("a", "b")));
    images.add(Map.of("id", Set.of("2"), "title", Set.of("c")));
    assertThat(images.values())
        .isEqualTo(Map.of("id", Set.of("1", "2"), "title", Set.of("a", "b", "c")));
  }

  @Test
  void aColumnThatOneRowDoesNotTellIsNotTold() {
    images.add(Map.of("id", Set.of("1"), "title", Set.of("a")));
    images.add(Map.of("id", Set.of("2")));
    images.add(Map.of("id", Set.of("3"), "title", Set.of("c")));
    assertThat(images.values()).isEqualTo(Map.of("id", Set.of("1", "2", "3")));
  }

  @Test
  void afterAnyRowsNothingIsKnownAndNoneIsWorthReading() {
    images.add(Map.of("id", Set.of("1")));
    assertThat(images.isOpen()).isTrue();
    images.addAny();
    assertThat(images.isOpen()).isFalse();
    assertThat(images.values()).isEmpty();
  }
}
