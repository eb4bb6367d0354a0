package dev.larder.jdbc.internal.settings;

import dev.larder.jdbc.InvalidSettingsException;
import dev.larder.jdbc.Setting;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes typed values out of text and gathers what is wrong with it. Confined to one thread and one
 * use.
 *
 * <p>A value that is wrong is reported and the default is used in its place, so that reading goes
 * on to the next.
 */
final class SettingsReader {
  /** What PostgreSQL cuts a name to, in bytes. */
  private static final int LONGEST_NAME = 63;

  private static final int SHORTEST_SECRET = 16;
  private static final Pattern REDIS_URIS =
      Pattern.compile("|rediss?(-sentinel)?://\\S+(\\s*,\\s*rediss?://\\S+)*");

  private final Map<String, String> given;
  private final List<String> problems = new ArrayList<>();

  SettingsReader(Properties properties) {
    given = texts(properties);
    for (String name : new TreeSet<>(given.keySet())) {
      if (SettingNames.find(name) == null) {
        problems.add(name + ": " + SettingNames.unknown(name));
      }
    }
  }

  /** Also takes values that were put as a Boolean or a number, and the defaults of Properties. */
  private static Map<String, String> texts(Properties properties) {
    Map<String, String> texts = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      texts.put(name, properties.getProperty(name));
    }
    properties.forEach((name, value) -> texts.putIfAbsent(name.toString(), value.toString()));
    return texts;
  }

  boolean isGiven(Setting setting) {
    return given.containsKey(setting.property());
  }

  boolean flag(Setting setting) {
    return read(
        setting,
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true", "on" -> true;
              case "false", "off" -> false;
              default -> null;
            });
  }

  <E extends Enum<E>> E choice(Setting setting, Class<E> type) {
    return read(
        setting,
        text ->
            setting.choices().contains(text.toLowerCase(Locale.ROOT))
                ? Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'))
                : null);
  }

  Duration duration(Setting setting) {
    return read(
        setting,
        text -> {
          Duration value = Quantity.duration(text);
          return value != null && inRange(setting, value, Duration.ZERO, Quantity::duration)
              ? value
              : null;
        });
  }

  long size(Setting setting) {
    return read(setting, text -> longInRange(setting, text, Quantity::size));
  }

  int number(Setting setting) {
    return read(setting, text -> longInRange(setting, text, Quantity::number)).intValue();
  }

  double fraction(Setting setting) {
    return read(
        setting,
        text -> {
          BigDecimal value = Quantity.decimal(text);
          return value != null && inRange(setting, value, BigDecimal.ZERO, Quantity::decimal)
              ? value.doubleValue()
              : null;
        });
  }

  TablePatterns tables(Setting setting) {
    return read(setting, SettingsReader::tablesOrNull);
  }

  /** URLs may hold commas, so only one before the next {@code jdbc:} parts them. */
  List<String> urls(Setting setting) {
    return read(
        setting,
        text -> {
          List<String> urls =
              text.isEmpty() ? List.of() : List.of(text.split("\\s*,\\s*(?=jdbc:)|\\s+"));
          return urls.stream().allMatch(url -> url.matches("jdbc:[a-z0-9]+:.+")) ? urls : null;
        });
  }

  /** A text whose syntax {@code check} knows; it throws IllegalArgumentException to say no. */
  String text(Setting setting, Consumer<String> check) {
    String text = given.getOrDefault(setting.property(), setting.defaultValue());
    try {
      check.accept(text);
    } catch (IllegalArgumentException wrong) {
      problems.add(setting.property() + " = " + text + ": " + wrong.getMessage());
    }
    return text;
  }

  /** A name of something in the database, which is quoted where it is used. */
  String name(Setting setting) {
    return read(setting, text -> text.isBlank() || text.length() > LONGEST_NAME ? null : text);
  }

  /** A secret, or an empty text; one that is too short to be one is refused. */
  String secret(Setting setting) {
    return secret(setting, text -> text.isEmpty() || text.length() >= SHORTEST_SECRET);
  }

  /** Secrets that commas part, each of which must be long enough; none for an empty text. */
  List<String> secrets(Setting setting) {
    String text =
        secret(
            setting,
            all ->
                all.isEmpty()
                    || Stream.of(all.split("\\s*,\\s*", -1))
                        .allMatch(each -> each.length() >= SHORTEST_SECRET));
    return text.isEmpty() ? List.of() : List.of(text.split("\\s*,\\s*"));
  }

  /**
   * URIs of Redis servers, each of which may hold a password; commas part them.
   *
   * @param check why well-formed ones cannot be used, if so
   */
  List<String> redisUris(Setting setting, Function<List<String>, Optional<String>> check) {
    String text = secret(setting, REDIS_URIS.asMatchPredicate());
    List<String> uris = text.isEmpty() ? List.of() : List.of(text.split("\\s*,\\s*(?=redis)"));
    if (!uris.isEmpty() && REDIS_URIS.matcher(text).matches()) {
      check.apply(uris).ifPresent(why -> problems.add(setting.property() + ": " + why));
    }
    return uris;
  }

  /** A text that may hold a password, so that no message shows it. */
  String secret(Setting setting, Predicate<String> check) {
    String text = given.getOrDefault(setting.property(), setting.defaultValue()).strip();
    if (!check.test(text)) {
      problems.add(setting.property() + ": must be " + setting.allowed().replace("`", ""));
    }
    return text;
  }

  void require(boolean condition, Setting setting, String otherwise) {
    if (!condition) {
      String text = given.getOrDefault(setting.property(), setting.defaultValue());
      problems.add(setting.property() + " = " + text + ": " + otherwise);
    }
  }

  /** Reports a setting that has no value although another has. */
  void requireGiven(boolean condition, Setting setting, Setting because) {
    if (!condition) {
      problems.add(setting.property() + ": must be set, because " + because.property() + " is");
    }
  }

  void finish() {
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
  }

  private <T> T read(Setting setting, Function<String, @Nullable T> parser) {
    String text = given.get(setting.property());
    if (text != null) {
      T value = parser.apply(text.strip());
      if (value != null) {
        return value;
      }
      String shown = setting.type().mayHoldSecret() ? "..." : text;
      problems.add(
          setting.property() + " = " + shown + ": must be " + setting.allowed().replace("`", ""));
    }
    return Objects.requireNonNull(parser.apply(setting.defaultValue()), setting.property());
  }

  private static @Nullable TablePatterns tablesOrNull(String text) {
    try {
      return TablePatterns.parse(text);
    } catch (IllegalArgumentException wrong) {
      return null;
    }
  }

  private static @Nullable Long longInRange(
      Setting setting, String text, Function<String, OptionalLong> parser) {
    OptionalLong value = parser.apply(text);
    return value.isPresent()
            && inRange(setting, value.getAsLong(), 0L, bound -> parser.apply(bound).getAsLong())
        ? value.getAsLong()
        : null;
  }

  private static <T extends Comparable<T>> boolean inRange(
      Setting setting, T value, T zero, Function<String, @Nullable T> bounds) {
    if (setting.zeroAllowed() && value.equals(zero)) {
      return true;
    }
    T least = setting.minimum() == null ? null : bounds.apply(setting.minimum());
    T most = setting.maximum() == null ? null : bounds.apply(setting.maximum());
    return (least == null || value.compareTo(least) >= 0)
        && (most == null || value.compareTo(most) <= 0);
  }
}
