package dev.larder.jdbc.internal.settings;

import dev.larder.jdbc.Setting;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings in one text, as a container's configuration holds them. Stateless and thread-safe. */
public final class SettingsText {
  private SettingsText() {}

  /**
   * Reads {@code larder.writers=this-jvm; larder.max-staleness=2s}: settings separated by
   * semicolons or line ends. Declarations of functions have semicolons too, so what follows {@code
   * larder.functions} belongs to it until a piece that begins with {@code larder.} or the line
   * ends.
   *
   * @throws IllegalArgumentException for a piece that has no {@code =}, or a name given twice
   */
  public static Map<String, String> parse(String text) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String line : text.split("\\R")) {
      boolean inFunctions = false;
      for (String piece : line.split(";")) {
        String stripped = piece.strip();
        if (stripped.isEmpty()) {
          continue;
        }
        if (inFunctions && !LarderUrl.isSetting(stripped)) {
          settings.merge(Setting.FUNCTIONS.property(), stripped, (a, b) -> a + "; " + b);
          continue;
        }
        int equals = stripped.indexOf('=');
        if (equals < 0) {
          throw new IllegalArgumentException("'" + stripped + "' is not name=value");
        }
        String name = stripped.substring(0, equals).strip();
        if (settings.put(name, stripped.substring(equals + 1).strip()) != null) {
          throw new IllegalArgumentException(name + " is given twice");
        }
        inFunctions = name.equals(Setting.FUNCTIONS.property());
      }
    }
    return settings;
  }
}
