package dev.larder.hibernate.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hibernate.cache.CacheException;
import org.junit.jupiter.api.Test;

/** Hibernate's properties, as the second-level cache reads them. */
final class CacheSettingsTest {

  @Test
  void withoutAnySettingTheDefaultsHold() {
    CacheSettings settings = new CacheSettings(Map.of("hibernate.dialect", "any"));
    assertThat(settings.maxEntries("book")).isEqualTo(10_000);
    assertThat(settings.maxBytes("book")).isEmpty();
    assertThat(settings.maxAgeNanos("book")).isEqualTo(Long.MAX_VALUE);
    assertThat(settings.maxStalenessNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(5));
  }

  @Test
  void aRegionsOwnSettingComesBeforeThatOfAll() {
    CacheSettings settings =
        new CacheSettings(
            Map.of(
                "hibernate.larder.max-bytes", "1m",
                "hibernate.larder.region.a.book.max-bytes", " 64K ",
                "hibernate.larder.region.a.book.max-age", "500ms"));
    assertThat(settings.maxBytes("a.book")).hasValue(64 << 10);
    assertThat(settings.maxAgeNanos("a.book")).isEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
    assertThat(settings.maxBytes("shelf")).hasValue(1 << 20);
    assertThat(settings.maxAgeNanos("shelf")).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whereOnlyThisJvmWritesNoAnswerIsTooOld() {
    CacheSettings settings = new CacheSettings(Map.of("hibernate.larder.writers", "this-jvm"));
    assertThat(settings.maxStalenessNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void everyMistakeIsNamed() {
    Map<String, Object> wrong =
        Map.of(
            "hibernate.larder.max-entries", 0,
            "hibernate.larder.max-bytes", "9223372036854775807g",
            "hibernate.larder.region.book.max-age", "soon",
            "hibernate.larder.region.book.writers", "this-jvm",
            "hibernate.larder.writers", "nobody",
            "hibernate.larder.max-etnries", 5);
    assertThatThrownBy(() -> new CacheSettings(wrong))
        .isInstanceOf(CacheException.class)
        .hasMessageContainingAll(
            "max-entries: '0' is not a number of 1 or more",
            "max-bytes: '9223372036854775807g' is not",
            "region.book.max-age: 'soon' is not",
            "region.book.writers: there is no such setting",
            "writers: 'nobody' is not anyone or this-jvm",
            "max-etnries: there is no such setting");
  }
}
