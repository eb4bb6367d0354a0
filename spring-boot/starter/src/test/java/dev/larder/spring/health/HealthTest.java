package dev.larder.spring.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

class HealthTest {

  /** An application with a pool. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  private static ConfigurableApplicationContext run(String... properties) {
    return new SpringApplicationBuilder(Application.class)
        .web(WebApplicationType.NONE)
        .properties(
            "spring.main.banner-mode=off",
            "spring.liquibase.enabled=false",
            "jdbc.datasource-proxy.enabled=false",
            "spring.datasource.url=jdbc:h2:mem:health;DB_CLOSE_DELAY=-1")
        .properties(properties)
        .run();
  }

  @Test
  void isUpAndTellsOfEachDataSource() {
    try (ConfigurableApplicationContext context = run()) {
      assertThat(context.getBean(DataSource.class)).isInstanceOf(LarderDataSource.class);
      Health health =
          context.getBean("larderHealthIndicator", LarderHealthIndicator.class).health();
      assertThat(health.getStatus()).isEqualTo(Status.UP);
      assertThat(health.getDetails()).containsKey("dataSource");
    }
  }

  @Test
  void isNotShownWhereLarderIsOffOrNobodyWantsIt() {
    for (String property : new String[] {"larder.enabled", "management.health.larder.enabled"}) {
      try (ConfigurableApplicationContext context = run(property + "=false")) {
        assertThat(context.getBeansOfType(HealthIndicator.class))
            .doesNotContainKey("larderHealthIndicator")
            .containsKey("dbHealthContributor");
      }
    }
  }
}
