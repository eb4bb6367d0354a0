package dev.larder.hibernate.internal.settings;

import dev.larder.hibernate.CacheSetting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.hibernate.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** The settings of one session factory, read and checked. Immutable and thread-safe. */
public final class CacheSettings {

  private static final String PREFIX = "hibernate.larder.";
  private static final String REGION = PREFIX + "region.";

  private final Map<String, Object> values;

  /**
   * Reads Hibernate's settings.
   *
   * @throws CacheException naming every mistake
   */
  public CacheSettings(Map<String, Object> values) {
    this.values = Map.copyOf(ours(values));
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, Object> given : this.values.entrySet()) {
      check(given.getKey(), String.valueOf(given.getValue()).strip(), problems);
    }
    if (!problems.isEmpty()) {
      throw new CacheException(String.join("; ", problems));
    }
  }

  private static Map<String, Object> ours(Map<String, Object> values) {
    Map<String, Object> ours = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX) && value != null) {
            ours.put(name, value);
          }
        });
    return ours;
  }

  /** How many entries the region holds at most. */
  public long maxEntries(String region) {
    return number(String.valueOf(find(CacheSetting.MAX_ENTRIES, region)));
  }

  /** How many bytes the region's entries take at most, if that was said. */
  public OptionalLong maxBytes(String region) {
    String given = find(CacheSetting.MAX_BYTES, region);
    return given == null ? OptionalLong.empty() : OptionalLong.of(bytes(given));
  }

  /** How old the region's entries get at most, in nanoseconds; {@link Long#MAX_VALUE}: no bound. */
  public long maxAgeNanos(String region) {
    String given = find(CacheSetting.MAX_AGE, region);
    return given == null ? Long.MAX_VALUE : duration(given).toNanos();
  }

  /** How old an answer gets at most where nobody below knows, in nanoseconds. */
  public long maxStalenessNanos() {
    return "this-jvm".equals(find(CacheSetting.WRITERS, null))
        ? Long.MAX_VALUE
        : duration(String.valueOf(find(CacheSetting.MAX_STALENESS, null))).toNanos();
  }

  private @Nullable String find(CacheSetting setting, @Nullable String region) {
    Object own = region == null ? null : values.get(setting.property(region));
    Object given = own != null ? own : values.get(setting.property());
    return given == null ? setting.defaultValue() : given.toString().strip();
  }

  private static void check(String name, String value, List<String> problems) {
    CacheSetting setting = settingOf(name);
    if (setting == null) {
      problems.add(name + ": there is no such setting");
      return;
    }
    switch (setting) {
      case MAX_ENTRIES ->
          check(name, value, CacheSettings::number, "a number of 1 or more", problems);
      case MAX_BYTES ->
          check(name, value, CacheSettings::bytes, "a number, such as 64m or 1g", problems);
      case MAX_AGE, MAX_STALENESS ->
          check(name, value, CacheSettings::duration, "a time, such as 500ms or 30s", problems);
      case WRITERS -> check(name, value, CacheSettings::writers, "anyone or this-jvm", problems);
    }
  }

  private static @Nullable CacheSetting settingOf(String name) {
    for (CacheSetting setting : CacheSetting.values()) {
      String word = setting.property().substring(PREFIX.length());
      boolean ofRegion =
          setting.isPerRegion() && name.startsWith(REGION) && name.endsWith("." + word);
      if (name.equals(setting.property()) || ofRegion) {
        return setting;
      }
    }
    return null;
  }

  private static void check(
      String name,
      String value,
      Function<String, ?> reader,
      String allowed,
      List<String> problems) {
    try {
      Object unused = reader.apply(value);
    } catch (IllegalArgumentException | ArithmeticException malformed) {
      problems.add(name + ": '" + value + "' is not " + allowed);
    }
  }

  private static String writers(String value) {
    if (!value.equals("anyone") && !value.equals("this-jvm")) {
      throw new IllegalArgumentException(value);
    }
    return value;
  }

  private static long number(String value) {
    long number = Long.parseLong(value);
    if (number < 1) {
      throw new IllegalArgumentException(value);
    }
    return number;
  }

  private static long bytes(String value) {
    int digits = digits(value);
    long factor =
        switch (value.substring(digits).toLowerCase(Locale.ROOT)) {
          case "" -> 1;
          case "k", "kb" -> 1L << 10;
          case "m", "mb" -> 1L << 20;
          case "g", "gb" -> 1L << 30;
          default -> throw new IllegalArgumentException(value);
        };
    return Math.multiplyExact(number(value.substring(0, digits)), factor);
  }

  private static Duration duration(String value) {
    int digits = digits(value);
    long amount = Long.parseLong(value.substring(0, digits));
    return switch (value.substring(digits).toLowerCase(Locale.ROOT)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> throw new IllegalArgumentException(value);
    };
  }

  private static int digits(String value) {
    int digits = 0;
    while (digits < value.length() && Character.isDigit(value.charAt(digits))) {
      digits++;
    }
    return digits;
  }
}
