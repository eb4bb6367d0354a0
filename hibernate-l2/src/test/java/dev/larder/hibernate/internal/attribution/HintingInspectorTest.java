package dev.larder.hibernate.internal.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.junit.jupiter.api.Test;

/** The inspector beside the application's own, before a cache is attached. */
final class HintingInspectorTest {

  @Test
  void withoutACacheTheTextStaysAsItIs() {
    assertThat(new HintingInspector(null).inspect("select 1")).isEqualTo("select 1");
  }

  @Test
  void theApplicationsInspectorIsAskedFirst() {
    HintingInspector inspector = new HintingInspector(sql -> sql + " /* seen */");
    assertThat(inspector.inspect("select 1")).isEqualTo("select 1 /* seen */");
  }

  @Test
  void anInspectorThatSaysNothingChangesNothing() {
    StatementInspector silent = sql -> null;
    assertThat(new HintingInspector(silent).inspect("select 1")).isEqualTo("select 1");
    assertThat(new HintingInspector(silent).application()).isSameAs(silent);
  }

  @Test
  void itIsToldFromTheApplicationsOwn() {
    assertThat(HintingInspector.of(sql -> sql)).isEmpty();
    assertThat(HintingInspector.of(null)).isEmpty();
    assertThat(HintingInspector.of(new HintingInspector(null))).isPresent();
  }
}
