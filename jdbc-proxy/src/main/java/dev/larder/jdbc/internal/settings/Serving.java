package dev.larder.jdbc.internal.settings;

import dev.larder.jdbc.Setting;

/** Whether memory answers queries. */
public enum Serving {
  /** It does. */
  ON,

  /** It is asked what it would answer, which is counted, and the database answers. */
  SHADOW,

  /** It is not asked. */
  OFF;

  static Serving from(SettingsReader reader) {
    boolean enabled = reader.flag(Setting.ENABLED);
    boolean serves = reader.flag(Setting.SERVE);
    return !enabled ? OFF : serves ? ON : SHADOW;
  }
}
