package dev.larder.jdbc.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.InvalidSettingsException;
import dev.larder.jdbc.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @Test
  void theDefaultsAreWhatTheListSays() {
    Settings defaults = Settings.DEFAULTS;

    assertThat(defaults.freshness().enabled()).isTrue();
    assertThat(defaults.freshness().writers()).isEqualTo(Writers.ANYONE);
    assertThat(defaults.freshness().maxStaleness()).isEqualTo(Duration.ofSeconds(5));
    assertThat(defaults.memory().maxBytes()).isEqualTo(64L << 20);
    assertThat(defaults.connections().pool().minimumIdle()).isZero();
    assertThat(defaults.connections().pool().lifetimes().keepalive())
        .isEqualTo(Duration.ofMinutes(2));
  }

  /** A default out of its own range would only show when it is used. */
  @ParameterizedTest
  @EnumSource(value = Setting.class, mode = EnumSource.Mode.EXCLUDE, names = "POOL_MAXIMUM_SIZE")
  void everyDefaultCanBeGivenAsText(Setting setting) {
    assertThat(read(setting.property(), setting.defaultValue())).isEqualTo(Settings.DEFAULTS);
  }

  @Test
  void aPoolsSizeThatIsGivenIsKeptUnlessAnAdaptivePoolIsAskedFor() {
    String size = Setting.POOL_MAXIMUM_SIZE.property();
    assertThat(Settings.DEFAULTS.connections().pool().adaptive().isOn()).isTrue();
    assertThat(read(size, "10").connections().pool().adaptive().isOn()).isFalse();
    assertThat(read(Setting.POOL_ADAPTIVE.property(), "off").connections().pool().adaptive().isOn())
        .isFalse();
    for (Setting asking : List.of(Setting.POOL_ADAPTIVE, Setting.POOL_ADAPTIVE_MAXIMUM_SIZE)) {
      Properties both = new Properties();
      both.setProperty(size, "10");
      both.setProperty(asking.property(), asking.defaultValue());
      assertThat(Settings.from(both).connections().pool().adaptive().isOn())
          .as("%s", asking)
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "5s, PT5S",
    "5 s, PT5S",
    "1m, PT1M",
    "2h, PT2H",
    "1d, PT24H",
    "PT5S, PT5S",
    "pt5s, PT5S",
    "0, PT0S",
    "0s, PT0S"
  })
  void readsDurations(String text, String expected) {
    assertThat(read("larder.max-staleness", text).freshness().maxStaleness())
        .isEqualTo(Duration.parse(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "-5s", "PT-5S", "5 fortnights", "", "2d", "99999999999999999d", "s"})
  void refusesWhatIsNoDurationOrOutOfRange(String text) {
    assertThat(problems("larder.max-staleness", text))
        .singleElement()
        .asString()
        .startsWith("larder.max-staleness = " + text + ": must be a duration such as 5s");
  }

  @ParameterizedTest
  @CsvSource({
    "1048576, 1048576",
    "64MB, 67108864",
    "64 mib, 67108864",
    "1GiB, 1073741824",
    "2KB, 2048",
    "2048B, 2048"
  })
  void readsSizes(String text, long expected) {
    Properties properties = new Properties();
    properties.setProperty("larder.cache.max-bytes", text);
    Settings settings = Settings.from(properties);

    assertThat(settings.memory().maxBytes()).isEqualTo(expected);
    assertThat(settings.memory().maxResultBytes()).isEqualTo(Math.min(expected, 1L << 20));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5MB", "many", "", "9999999999TB", "12"})
  void refusesWhatIsNoSizeOrOutOfRange(String text) {
    assertThat(problems("larder.cache.max-bytes", text)).hasSize(1);
  }

  @Test
  void aTierNeedsASecretAndTheStreamThatProvesItRight() {
    Properties properties = new Properties();
    properties.setProperty("larder.tier.redis", "redis://a:1");
    InvalidSettingsException thrown =
        catchThrowableOfType(
            InvalidSettingsException.class, () -> Settings.from(properties, SettingChecks.NONE));
    assertThat(thrown.problems())
        .containsExactlyInAnyOrder(
            "larder.tier.redis.secret: must be set, because larder.tier.redis is",
            "larder.invalidation.redis: must be set, because larder.tier.redis is");
    properties.setProperty(
        "larder.tier.redis.secret", "the first secret it has, the second one it has");
    properties.setProperty("larder.invalidation.redis", "redis://a:1");
    properties.setProperty("larder.invalidation.redis.secret", "long enough to be one");
    TierSettings tier = Settings.from(properties).connections().tier();
    assertThat(tier.secrets()).containsExactly("the first secret it has", "the second one it has");
    properties.setProperty("larder.tier.redis.secret", "the first secret it has, short");
    assertThat(
            catchThrowableOfType(InvalidSettingsException.class, () -> Settings.from(properties))
                .problems())
        .singleElement()
        .asString()
        .startsWith("larder.tier.redis.secret: must be")
        .doesNotContain("short");
  }

  @Test
  void namesEveryProblemInOneException() {
    Properties properties = new Properties();
    properties.setProperty("larder.max-staleness", "5");
    properties.setProperty("larder.writers", "me");
    properties.setProperty("larder.maxStaleness", "5s");
    properties.setProperty("larder.replicas", "a,b");
    properties.setProperty("max-staleness", "5s");
    properties.setProperty("larder.pool.maximum-size", "0");
    properties.setProperty("larder.pool.idle-timeout", "1s");
    properties.setProperty("larder.tables.exclude", "a.b.c");
    properties.setProperty("larder.functions", "nonsense");
    properties.setProperty("larder.invalidation.redis", "redis://a:1, redis://b:1");
    properties.setProperty("larder.invalidation.redis.secret", "long enough to be one");
    properties.setProperty("larder.console.port", "8090");
    properties.put("larder.enabled", 7);

    InvalidSettingsException thrown =
        catchThrowableOfType(
            InvalidSettingsException.class,
            () ->
                Settings.from(
                    properties,
                    new SettingChecks(
                        text -> {
                          throw new IllegalArgumentException("not understood");
                        },
                        uris -> Optional.of("nobody reaches " + uris.size()),
                        () -> Optional.of("nobody shows it"))));

    assertThat(thrown.problems())
        .containsExactlyInAnyOrder(
            "larder.max-staleness = 5: must be a duration such as 5s, 250ms or PT5S, 0s to 1d",
            "larder.console.port = 8090: nobody shows it",
            "larder.writers = me: must be one of anyone, larder-nodes, this-jvm",
            "larder.maxStaleness: no setting has this name; did you mean larder.max-staleness?",
            "larder.replicas = ...: must be comma-separated JDBC URLs",
            "max-staleness: no setting has this name; did you mean larder.max-staleness?",
            "larder.pool.maximum-size = 0: must be a whole number, 1 to 10000",
            "larder.pool.idle-timeout = 1s: must be a duration such as 5s, 250ms or PT5S, 10s to"
                + " 1d, or 0",
            "larder.tables.exclude = a.b.c: must be comma-separated table or schema.table, *"
                + " standing for any characters",
            "larder.functions = nonsense: not understood",
            "larder.invalidation.redis: nobody reaches 2",
            "larder.enabled = 7: must be true or false, or on or off");
    assertThat(thrown)
        .hasMessageStartingWith("12 settings of Larder are wrong\n")
        .hasMessageContainingAll(thrown.problems().toArray(CharSequence[]::new));
  }

  @Test
  void settingsOfLaterVersionsAreNotAcceptedInSilence() {
    for (String name :
        List.of(
            "larder.replicas",
            "larder.invalidation.postgres",
            "larder.invalidation.redis",
            "larder.audit.sample")) {
      assertThat(problems(name, "on")).anyMatch(problem -> problem.startsWith(name));
    }
  }

  @Test
  void whatDependsOnAnotherSettingMustFitIfItWasGiven() {
    Properties properties = new Properties();
    properties.setProperty("larder.pool.max-lifetime", "1m");
    properties.setProperty("larder.cache.max-bytes", "4KB");

    Settings settings = Settings.from(properties);
    assertThat(settings.memory().maxResultBytes()).isEqualTo(4096);
    assertThat(settings.connections().pool().lifetimes().idle()).isEqualTo(Duration.ZERO);
    assertThat(settings.connections().pool().lifetimes().keepalive()).isEqualTo(Duration.ZERO);

    properties.setProperty("larder.pool.idle-timeout", "1m");
    properties.setProperty("larder.cache.max-result-bytes", "8KB");
    properties.setProperty("larder.pool.minimum-idle", "11");
    assertThat(
            catchThrowableOfType(InvalidSettingsException.class, () -> Settings.from(properties))
                .problems())
        .hasSize(3);
  }

  @Test
  void tablesAreLeftOutByNameSchemaOrPattern() {
    Properties properties = new Properties();
    properties.setProperty("larder.tables.include", "public.*, stock");
    properties.setProperty("larder.tables.exclude", "AUDIT_*, *.secret");
    Settings settings = Settings.from(properties);

    assertThat(settings.analysis().admits(new TableName("public", "book"))).isTrue();
    assertThat(settings.analysis().admits(new TableName("shop", "STOCK"))).isTrue();
    assertThat(settings.analysis().admits(new TableName("shop", "book"))).isFalse();
    assertThat(settings.analysis().admits(new TableName("public", "audit_log"))).isFalse();
    assertThat(settings.analysis().admits(new TableName("public", "secret"))).isFalse();
    assertThat(settings.analysis().admits(new TableName("public", "xaudit_log"))).isTrue();
    assertThat(Settings.DEFAULTS.analysis().admits(new TableName("", "anything"))).isTrue();
  }

  private static Settings read(String name, String value) {
    Properties properties = new Properties();
    properties.setProperty(name, value);
    return Settings.from(properties);
  }

  private static List<String> problems(String name, String value) {
    return catchThrowableOfType(InvalidSettingsException.class, () -> read(name, value)).problems();
  }
}
