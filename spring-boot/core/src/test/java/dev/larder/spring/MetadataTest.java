package dev.larder.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What an editor completes is what Larder takes. */
class MetadataTest {

  private static final String FILE = "/META-INF/spring-configuration-metadata.json";

  @Test
  void everySettingIsDescribed() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(LarderDataSources.class.getResourceAsStream(FILE))) {
      assertThat(new String(file.readAllBytes(), UTF_8)).isEqualTo(expected());
    }
  }

  private static String expected() {
    List<String> properties = new ArrayList<>();
    List<String> hints = new ArrayList<>();
    properties.add(
        property(
            "larder.data-sources",
            "java.util.List<java.lang.String>",
            "Names of the DataSource beans that Larder stands above; every known pool by default.",
            "*"));
    properties.add(
        property(
            "larder.hibernate.enabled",
            "java.lang.Boolean",
            "Whether Hibernate's second-level cache is Larder's, where larder-hibernate-l2 is on"
                + " the class path and the application names no other.",
            ""));
    for (Setting setting : Setting.values()) {
      properties.add(
          property(
              setting.property(),
              type(setting),
              setting.description().replace("`", ""),
              setting.defaultValue()));
      if (!setting.choices().isEmpty()) {
        hints.add(hint(setting));
      }
    }
    return "{\n  \"properties\": [\n"
        + String.join(",\n", properties)
        + "\n  ],\n  \"hints\": [\n"
        + String.join(",\n", hints)
        + "\n  ]\n}\n";
  }

  private static String type(Setting setting) {
    return switch (setting.type()) {
      case SWITCH -> "java.lang.Boolean";
      case DURATION -> "java.time.Duration";
      case SIZE -> "org.springframework.util.unit.DataSize";
      case NUMBER -> "java.lang.Integer";
      case FRACTION -> "java.lang.Double";
      case CHOICE, TABLES, URLS, FUNCTIONS, NAME, REDIS_URIS, SECRET, SECRETS, URL ->
          "java.lang.String";
    };
  }

  private static String property(String name, String type, String description, String byDefault) {
    String value = byDefault.isEmpty() ? "" : ",\n      \"defaultValue\": " + text(byDefault);
    return "    {\n      \"name\": "
        + text(name)
        + ",\n      \"type\": "
        + text(type)
        + ",\n      \"description\": "
        + text(description)
        + value
        + "\n    }";
  }

  private static String hint(Setting setting) {
    List<String> values =
        setting.choices().stream().map(c -> "{\"value\": " + text(c) + "}").toList();
    return "    {\n      \"name\": "
        + text(setting.property())
        + ",\n      \"values\": ["
        + String.join(", ", values)
        + "]\n    }";
  }

  private static String text(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
