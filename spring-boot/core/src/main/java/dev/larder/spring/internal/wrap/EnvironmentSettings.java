package dev.larder.spring.internal.wrap;

import dev.larder.jdbc.Setting;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * What an environment says of Larder, with Spring Boot's relaxed names: the settings of {@link
 * Setting}, and the few that concern Spring. Immutable and thread-safe.
 */
final class EnvironmentSettings {

  /**
   * Which DataSource beans Larder may stand above, by name; {@code *} is every one that is known.
   */
  static final String DATA_SOURCES = "larder.data-sources";

  /** Whether Hibernate's second-level cache is Larder's. */
  static final String HIBERNATE = "larder.hibernate.enabled";

  private static final String PREFIX = "larder.";
  private static final Set<String> OWN = Set.of(uniform(DATA_SOURCES), uniform(HIBERNATE));
  private static final Map<String, Setting> SETTINGS =
      Arrays.stream(Setting.values())
          .collect(Collectors.toMap(s -> uniform(s.property()), Function.identity()));

  private final Environment environment;
  private final Binder binder;

  EnvironmentSettings(Environment environment) {
    this.environment = environment;
    this.binder = Binder.get(environment);
  }

  /**
   * The settings as Larder takes them. A name that is none of its own is handed on as well, so that
   * Larder refuses it; only the process's environment may hold others' names that begin alike.
   */
  Properties properties() {
    Properties properties = new Properties();
    for (Setting setting : Setting.values()) {
      binder
          .bind(setting.property(), String.class)
          .ifBound(value -> properties.setProperty(setting.property(), value));
    }
    unknownNames().forEach(name -> properties.setProperty(name, environment.getProperty(name, "")));
    return properties;
  }

  private Set<String> unknownNames() {
    Set<String> unknown = new LinkedHashSet<>();
    if (environment instanceof ConfigurableEnvironment configurable) {
      for (PropertySource<?> source : configurable.getPropertySources()) {
        if (source instanceof EnumerablePropertySource<?> enumerable
            && !(source instanceof SystemEnvironmentPropertySource)) {
          names(enumerable).forEach(unknown::add);
        }
      }
    }
    return unknown;
  }

  private static Stream<String> names(EnumerablePropertySource<?> source) {
    return Arrays.stream(source.getPropertyNames())
        .filter(name -> name.startsWith(PREFIX))
        // An element of a list is a part of its setting.
        .filter(name -> !SETTINGS.containsKey(uniform(name.replaceAll("\\[\\d+]$", ""))))
        .filter(name -> !OWN.contains(uniform(name.replaceAll("\\[\\d+]$", ""))));
  }

  /** The beans that were named, or nothing where every known one is meant. */
  List<String> named() {
    List<String> names =
        binder.bind(DATA_SOURCES, Bindable.listOf(String.class)).orElse(List.of("*"));
    return names.contains("*") ? List.of() : names;
  }

  /** What is said of Hibernate's second-level cache: empty where nothing is. */
  Optional<Boolean> secondLevel() {
    BindResult<Boolean> told = binder.bind(HIBERNATE, Boolean.class);
    return told.isBound() ? Optional.of(told.get()) : Optional.empty();
  }

  /** Whether Larder is not switched off, in any of the words that the setting takes. */
  boolean isOn() {
    String value = environment.getProperty(Setting.ENABLED.property(), "true").strip();
    return !value.equalsIgnoreCase("false") && !value.equalsIgnoreCase("off");
  }

  /** A name as Spring Boot compares names. */
  private static String uniform(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }
}
