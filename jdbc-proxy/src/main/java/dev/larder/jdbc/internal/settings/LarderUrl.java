package dev.larder.jdbc.internal.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A URL taken apart into the driver's own and the settings in it. Immutable and thread-safe.
 *
 * @param driverUrl the driver's own URL
 * @param settings the {@code larder.*} parameters, percent-decoded
 */
public record LarderUrl(String driverUrl, Map<String, String> settings) {

  /** What makes a URL Larder's. */
  public static final String PREFIX = "jdbc:larder:";

  private static final String SETTING_PREFIX = "larder.";

  public LarderUrl {
    settings = Map.copyOf(settings);
  }

  /**
   * Takes a URL apart: {@code jdbc:larder:<rest>}, or a driver's own, which may have settings among
   * its parameters too.
   *
   * @throws IllegalArgumentException saying what is wrong with the URL, without its parameters
   */
  public static LarderUrl parse(String url) {
    String driverUrl = url.startsWith(PREFIX) ? "jdbc:" + url.substring(PREFIX.length()) : url;
    if (!driverUrl.matches("(?s)jdbc:[^:/?;]+:.*")) {
      throw new IllegalArgumentException(
          "the URL must be jdbc:larder:<the rest of the driver's own URL>, such as"
              + " jdbc:larder:postgresql://host/database, but is "
              + JdbcUrl.of(url).withoutSecrets());
    }
    if (driverUrl.startsWith(PREFIX)) {
      throw new IllegalArgumentException("the URL says jdbc:larder: twice");
    }
    JdbcUrl parts = JdbcUrl.of(driverUrl);
    Map<String, String> settings = new LinkedHashMap<>();
    for (String parameter : parts.parameters()) {
      String name = JdbcUrl.name(parameter);
      if (isSetting(name) && settings.put(name, decoded(name, JdbcUrl.value(parameter))) != null) {
        throw new IllegalArgumentException("the URL gives " + name + " twice");
      }
    }
    return new LarderUrl(parts.without(LarderUrl::isSetting), settings);
  }

  /** Whether a property is for Larder rather than for the driver. */
  public static boolean isSetting(String name) {
    return name.startsWith(SETTING_PREFIX);
  }

  private static String decoded(String name, String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "the URL's value of " + name + " is not percent-encoded correctly", malformed);
    }
  }
}
