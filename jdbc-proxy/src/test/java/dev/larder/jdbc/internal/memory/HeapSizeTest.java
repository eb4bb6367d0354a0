package dev.larder.jdbc.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The sizes are those that a JVM's layout tool prints. */
final class HeapSizeTest {

  @Test
  void wellKnownObjectsTakeWhatTheyTake() {
    assertThat(HeapSize.object(0)).isEqualTo(16);
    assertThat(HeapSize.BOXED_INT).isEqualTo(16);
    assertThat(HeapSize.BOXED_LONG).isEqualTo(24);
    assertThat(HeapSize.array(0, Long.BYTES)).isEqualTo(16);
    assertThat(HeapSize.array(3, Byte.BYTES)).isEqualTo(24);
    assertThat(HeapSize.array(3, Long.BYTES)).isEqualTo(40);
    assertThat(HeapSize.string(5)).isEqualTo(24 + 24);
    assertThat(HeapSize.wideString(5)).isEqualTo(24 + 32);
    assertThat(HeapSize.BIG_DECIMAL).isEqualTo(40 + 40);
  }
}
