package dev.larder.jdbc.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import org.junit.jupiter.api.Test;

/** Only results that are read, and that do not show others' changes, can stand in memory. */
final class ResultShapeTest {

  private static ResultShape of(int type, int concurrency) {
    return new ResultShape(type, concurrency, 0, 0, 0);
  }

  @Test
  void aSnapshotIsReadOnlyAndInsensitive() {
    assertThat(ResultShape.PLAIN.isSnapshot()).isTrue();
    assertThat(of(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY).isSnapshot())
        .isTrue();
    assertThat(of(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_READ_ONLY).isSnapshot())
        .isFalse();
    assertThat(of(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE).isSnapshot()).isFalse();
  }
}
