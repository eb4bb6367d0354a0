package dev.larder.jdbc.internal.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.internal.execution.StatementRunner.ConnectionCall;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was set waits for a physical connection, and what was there before comes back. */
class MethodSettingsTest {

  private final MethodSettings settings = new MethodSettings();
  private final List<String> calls = new ArrayList<>();
  private final Connection connection =
      (Connection)
          Proxy.newProxyInstance(
              Connection.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> null);

  private ConnectionCall noting(String call) {
    return c -> calls.add(call);
  }

  @Test
  void whatWasSetIsSetInThatOrder() throws SQLException {
    settings.later("schema", noting("schema"));
    settings.later("readOnly", noting("readOnly"));
    settings.setAllOn(connection);
    assertThat(calls).containsExactly("schema", "readOnly");
  }

  @Test
  void autoCommitIsSetAfterEverythingElse() throws SQLException {
    settings.later("autoCommit", noting("autoCommit"));
    settings.later("readOnly", noting("readOnly"));
    settings.later("schema", noting("schema"));
    settings.setAllOn(connection);
    assertThat(calls).containsExactly("readOnly", "schema", "autoCommit");
  }

  @Test
  void theLastOfAKindCounts() throws SQLException {
    settings.later("autoCommit", noting("off"));
    settings.later("autoCommit", noting("on"));
    settings.later("schema", noting("first"));
    settings.later("schema", noting("second"));
    settings.setAllOn(connection);
    assertThat(calls).containsExactly("second", "on");
  }

  @Test
  void whatIsSetIsNotSetAgain() throws SQLException {
    settings.later("schema", noting("schema"));
    settings.nothingPending();
    settings.setAllOn(connection);
    assertThat(calls).isEmpty();
  }

  @Test
  void aRefusalComesThrough() {
    settings.later("readOnly", noting("readOnly"));
    settings.later(
        "schema",
        c -> {
          throw new SQLException("no such schema", "3F000");
        });
    assertThatThrownBy(() -> settings.setAllOn(connection)).hasMessage("no such schema");
    assertThat(calls).containsExactly("readOnly");
  }

  @Test
  void whatWasThereFirstComesBack() {
    settings.putBackLater("setAutosave", noting("never"));
    settings.putBackLater("setAutosave", noting("always"));
    settings.putBackLater("setQueryTimeout", noting("none"));
    assertThat(settings.hasPutBack(connection)).isTrue();
    assertThat(calls).containsExactly("never", "none");
  }

  @Test
  void whatCannotComeBackIsTold() {
    settings.putBackLater(
        "setAutosave",
        c -> {
          throw new SQLException("closed", "08003");
        });
    assertThat(settings.hasPutBack(connection)).isFalse();
  }
}
