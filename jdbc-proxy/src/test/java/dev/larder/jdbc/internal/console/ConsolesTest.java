package dev.larder.jdbc.internal.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.InvalidSettingsException;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import org.junit.jupiter.api.Test;

/** The setting without the module, which is in none of the tests' class path here. */
final class ConsolesTest {

  private static LarderDataSource larder(TestDatabase database, String port) {
    return LarderDataSource.builder()
        .url(database.url())
        .username(database.username())
        .password(database.password())
        .setting(Setting.CONSOLE_PORT, port)
        .build();
  }

  @Test
  void withoutTheModuleTheSettingIsRefusedByTheNameOfTheDependency() {
    try (TestDatabase database = Databases.h2()) {
      assertThatThrownBy(() -> larder(database, "8090"))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining(
              "larder.console.port = 8090: the dependency dev.larder:larder-console must be on the"
                  + " class path or the module path");
      assertThatThrownBy(() -> larder(database, "70000"))
          .hasMessageContaining("must be a whole number, 1 to 65535, or 0");
      try (LarderDataSource without = larder(database, "0")) {
        assertThat(without.isClosed()).isFalse();
      }
    }
  }
}
