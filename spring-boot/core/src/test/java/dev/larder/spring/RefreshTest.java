package dev.larder.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.jdbc.LarderDataSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.properties.ConfigurationPropertiesRebinder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Spring Cloud's own refresh scope and rebinding of properties. */
class RefreshTest {

  /** What {@code /actuator/env} does with a property that is written. */
  private static void write(ConfigurableApplicationContext context, String name, String value) {
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("manager", Map.of(name, value)));
    context.publishEvent(new EnvironmentChangeEvent(context, Set.of(name)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPropertyOfThePoolMayBeWritten(boolean larder) {
    try (ConfigurableApplicationContext context =
        Application.run(
            Application.WITHOUT_JPA,
            "spring.datasource.hikari.minimum-idle=1",
            "larder.enabled=" + larder)) {
      JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
      jdbc.execute("create table plant (id int primary key)");
      write(context, "spring.datasource.hikari.minimum-idle", "2");
      assertThat(context.getBean(ConfigurationPropertiesRebinder.class).getBeanNames())
          .contains("dataSource");
      assertThat(jdbc.queryForList("select id from plant")).isEmpty();
      jdbc.update("insert into plant values (1)");
      assertThat(jdbc.queryForList("select id from plant")).hasSize(1);
    }
  }

  /** A pool that is made anew at each refresh. */
  @Configuration(proxyBeanMethods = false)
  static class Refreshed {
    @Bean
    @RefreshScope
    @ConfigurationProperties("app.pool")
    DataSource dataSource(Environment environment) {
      HikariDataSource pool = new HikariDataSource();
      pool.setJdbcUrl(environment.getRequiredProperty("app.url"));
      return pool;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRefreshedBeanReadsItsNewDatabase(boolean larder) {
    String first = Application.newDatabase();
    String second = Application.newDatabase();
    try (ConfigurableApplicationContext context =
        Application.run(
            List.of(Application.Plain.class, Refreshed.class),
            Application.WITHOUT_JPA,
            "app.url=" + first,
            "app.pool.maximum-pool-size=2",
            "larder.enabled=" + larder)) {
      JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
      readTwice(jdbc, "fern");
      write(context, "app.url", second);
      context
          .getBean(org.springframework.cloud.context.scope.refresh.RefreshScope.class)
          .refreshAll();
      readTwice(jdbc, "moss");
      if (larder) {
        LarderDataSource now =
            context.getBean(LarderDataSources.class).find("dataSource").orElseThrow();
        assertThat(now.statistics().hits()).isEqualTo(1);
      }
    }
  }

  private static void readTwice(JdbcTemplate jdbc, String name) {
    jdbc.execute("create table plant (name varchar(20))");
    jdbc.update("insert into plant values (?)", name);
    assertThat(jdbc.queryForObject("select name from plant", String.class)).isEqualTo(name);
    assertThat(jdbc.queryForObject("select name from plant", String.class)).isEqualTo(name);
  }
}
