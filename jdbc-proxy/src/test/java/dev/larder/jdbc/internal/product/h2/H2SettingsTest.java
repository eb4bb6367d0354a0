package dev.larder.jdbc.internal.product.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.h2.command.dml.SetTypes;
import org.junit.jupiter.api.Test;

/**
 * Of every setting that a session of H2 can have somebody has said what it is. One that is in no
 * list is part of the key; this test is for whoever then asks what it does to an answer.
 */
final class H2SettingsTest {

  @Test
  void everySettingIsClassified() {
    for (String name : SetTypes.getTypes()) {
      if (name.equals("@")) {
        // A variable, which has a name of its own.
        continue;
      }
      assertThat(H2SettingStatements.isClassified(name.toUpperCase(Locale.ROOT).replace(' ', '_')))
          .as(name)
          .isTrue();
    }
  }
}
