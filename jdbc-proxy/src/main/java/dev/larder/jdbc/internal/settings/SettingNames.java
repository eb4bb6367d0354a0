package dev.larder.jdbc.internal.settings;

import dev.larder.jdbc.Setting;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names of settings, and the one that a wrong name probably meant. Stateless, thread-safe. */
public final class SettingNames {
  private SettingNames() {}

  static @Nullable Setting find(String name) {
    for (Setting setting : Setting.values()) {
      if (setting.property().equals(name)) {
        return setting;
      }
    }
    return null;
  }

  /** Whether the value of the setting with this name may be a secret or hold one. */
  public static boolean mayHoldSecret(String name) {
    Setting setting = find(name);
    return setting != null && setting.type().mayHoldSecret();
  }

  /** What to say of a name that no setting has. */
  static String unknown(String name) {
    Setting nearest = nearest(name);
    return nearest == null
        ? "no setting has this name"
        : "no setting has this name; did you mean " + nearest.property() + "?";
  }

  private static @Nullable Setting nearest(String name) {
    String wanted = letters(name);
    Setting nearest = null;
    int least = Math.max(2, wanted.length() / 4) + 1;
    for (Setting setting : Setting.values()) {
      int distance = distance(wanted, letters(setting.property()));
      if (distance < least) {
        nearest = setting;
        least = distance;
      }
    }
    return nearest;
  }

  /** Names are compared without their prefix, punctuation and case, where most slips happen. */
  private static String letters(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return lower.startsWith("larder") ? lower.substring("larder".length()) : lower;
  }

  /** The number of letters to insert, delete or replace. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      int[] spare = previous;
      previous = current;
      current = spare;
    }
    return previous[b.length()];
  }
}
