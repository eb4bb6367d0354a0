package dev.larder.jdbc.internal.settings;

import dev.larder.jdbc.Setting;

/**
 * Where people see what a data source does. Immutable and thread-safe.
 *
 * @param port 0 for nowhere
 */
public record ConsoleSettings(int port) {

  static ConsoleSettings from(SettingsReader reader, SettingChecks checks) {
    int port = reader.number(Setting.CONSOLE_PORT);
    if (port != 0) {
      checks.console().get().ifPresent(why -> reader.require(false, Setting.CONSOLE_PORT, why));
    }
    return new ConsoleSettings(port);
  }
}
