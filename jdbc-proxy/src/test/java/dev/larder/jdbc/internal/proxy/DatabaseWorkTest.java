package dev.larder.jdbc.internal.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is taken is there once. */
class DatabaseWorkTest {

  private final DatabaseWork work = new DatabaseWork();

  @Test
  void aBatchIsRunOnce() {
    assertThat(work.takeBatch()).isNull();
    Batch batch = new Batch();
    work.batch = batch;
    assertThat(work.takeBatch()).isSameAs(batch);
    assertThat(work.takeBatch()).isNull();
  }

  private @Nullable Throwable taken() {
    return work.takeWarnings();
  }

  @Test
  void warningsAreToldOnce() {
    assertThat(taken()).isNull();
    SQLWarning warning = new SQLWarning("mind the gap");
    work.warnings = warning;
    assertThat(taken()).isSameAs(warning);
    assertThat(taken()).isNull();
  }
}
