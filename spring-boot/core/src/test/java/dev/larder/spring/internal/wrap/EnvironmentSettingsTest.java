package dev.larder.spring.internal.wrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class EnvironmentSettingsTest {

  private final StandardEnvironment environment = new StandardEnvironment();

  private EnvironmentSettings read(Map<String, Object> properties, Map<String, Object> variables) {
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    environment.getPropertySources().addLast(new MapPropertySource("file", properties));
    ConfigurationPropertySources.attach(environment);
    return new EnvironmentSettings(environment);
  }

  private static Properties properties(String... namesAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
    }
    return properties;
  }

  @Test
  void settingsHaveRelaxedNames() {
    EnvironmentSettings settings =
        read(
            Map.of("larder.cache.maxBytes", "2MB", "larder.invalidation.postgres", "notify"),
            Map.of("LARDER_MAXSTALENESS", "2s", "LARDER_INVALIDATION_POSTGRES_URL", "jdbc:x"));
    assertThat(settings.properties())
        .isEqualTo(
            properties(
                "larder.cache.max-bytes", "2MB",
                "larder.invalidation.postgres", "notify",
                "larder.invalidation.postgres.url", "jdbc:x",
                "larder.max-staleness", "2s"));
  }

  @Test
  void whatIsNoSettingIsHandedOnButForVariablesOfTheProcess() {
    EnvironmentSettings settings =
        read(
            Map.of("larder.cache.size", "2MB"),
            Map.of("LARDER_PORT", "tcp://10.0.0.1:80", "LARDER_SERVICE_HOST", "10.0.0.1"));
    assertThat(settings.properties()).isEqualTo(properties("larder.cache.size", "2MB"));
  }

  @Test
  void whatConcernsSpringAloneIsNotHandedOn() {
    Map<String, Object> told = new HashMap<>();
    told.put("larder.data-sources[0]", "orders");
    told.put("larder.dataSources[1]", "reports");
    told.put("larder.hibernate.enabled", "true");
    EnvironmentSettings settings = read(told, Map.of());
    assertThat(settings.properties()).isEmpty();
    assertThat(settings.named()).containsExactly("orders", "reports");
    assertThat(settings.secondLevel()).contains(true);
  }

  @Test
  void nothingSaidIsEveryDataSource() {
    EnvironmentSettings settings = read(Map.of(), Map.of());
    assertThat(settings.named()).isEmpty();
    assertThat(settings.secondLevel()).isEmpty();
    assertThat(settings.isOn()).isTrue();
    assertThat(read(Map.of("larder.data-sources", "*"), Map.of()).named()).isEmpty();
  }

  @Test
  void offHasSeveralWords() {
    assertThat(read(Map.of("larder.enabled", "OFF"), Map.of()).isOn()).isFalse();
  }
}
