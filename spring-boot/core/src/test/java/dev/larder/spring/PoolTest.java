package dev.larder.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.jdbc.InvalidSettingsException;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Statistics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The pool that Boot makes of properties keeps all it had below Larder. */
class PoolTest {

  private static HikariDataSource pool(ConfigurableApplicationContext context) {
    DataSource bean = context.getBean(DataSource.class);
    return (HikariDataSource) context.getBean(LarderDataSources.class).below(bean).orElseThrow();
  }

  @Test
  void isWrappedWithItsPropertiesAndOpensNothingAtStart() {
    try (ConfigurableApplicationContext context =
        Application.run(
            Application.WITHOUT_JPA,
            "spring.datasource.hikari.pool-name=shop",
            "spring.datasource.hikari.maximum-pool-size=3")) {
      assertThat(context.getBean(DataSource.class)).isInstanceOf(LarderDataSource.class);
      assertThat(pool(context).getPoolName()).isEqualTo("shop");
      assertThat(pool(context).getMaximumPoolSize()).isEqualTo(3);
      assertThat(pool(context).isRunning()).as("a connection was opened").isFalse();
    }
  }

  @Test
  void whatWasReadOnceIsReadFromMemory() {
    try (ConfigurableApplicationContext context = Application.run(Application.WITHOUT_JPA)) {
      JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
      jdbc.execute("create table plant (id int primary key, name varchar(20))");
      jdbc.update("insert into plant values (1, 'fern')");
      String sql = "select name from plant where id = ?";
      assertThat(jdbc.queryForObject(sql, String.class, 1)).isEqualTo("fern");
      assertThat(jdbc.queryForObject(sql, String.class, 1)).isEqualTo("fern");
      assertThat(statistics(context).hits()).isEqualTo(1);
      jdbc.update("update plant set name = 'moss' where id = 1");
      assertThat(jdbc.queryForObject(sql, String.class, 1)).isEqualTo("moss");
    }
  }

  private static Statistics statistics(ConfigurableApplicationContext context) {
    return context.getBean(LarderDataSources.class).find("dataSource").orElseThrow().statistics();
  }

  @Test
  void nothingIsLeftWhereLarderIsSwitchedOff() {
    for (String off : List.of("false", "off")) {
      try (ConfigurableApplicationContext context =
          Application.run(Application.WITHOUT_JPA, "larder.enabled=" + off)) {
        assertThat(context.getBean(DataSource.class)).isInstanceOf(HikariDataSource.class);
        assertThat(context.getBeanDefinitionNames()).noneMatch(name -> name.startsWith("larder"));
      }
    }
  }

  @Test
  void closesWithTheContext() {
    ConfigurableApplicationContext context = Application.run(Application.WITHOUT_JPA);
    LarderDataSource larder = (LarderDataSource) context.getBean(DataSource.class);
    HikariDataSource pool = pool(context);
    context.getBean(JdbcTemplate.class).execute("select 1");
    context.close();
    assertThat(larder.isClosed()).isTrue();
    assertThat(pool.isClosed()).isTrue();
  }

  @Test
  void poolAndLarderAreMeasured() {
    try (ConfigurableApplicationContext context =
        Application.run(
            Application.WITHOUT_JPA,
            "spring.datasource.hikari.pool-name=shop",
            "management.simple.metrics.export.enabled=true")) {
      context.getBean(JdbcTemplate.class).execute("select 1");
      MeterRegistry registry = context.getBean(MeterRegistry.class);
      assertThat(registry.find("hikaricp.connections").tag("pool", "shop").gauge())
          .as("HikariCP's own")
          .isNotNull();
      assertThat(registry.find("jdbc.connections.max").tag("name", "dataSource").gauge())
          .as("Boot's of the pool")
          .isNotNull();
      assertThat(registry.find("cache.gets").tag("cache", "dataSource").functionCounters())
          .as("Larder's")
          .isNotEmpty();
      assertThat(
              context.getBeanProvider(DataSourcePoolMetadataProvider.class).stream()
                  .map(p -> p.getDataSourcePoolMetadata(context.getBean(DataSource.class)))
                  .filter(java.util.Objects::nonNull)
                  .map(metadata -> metadata.getMax()))
          .containsExactly(10);
    }
  }

  @Test
  void mistakesAreRefusedAtStart() {
    assertThatThrownBy(() -> Application.run(Application.WITHOUT_JPA, "larder.max-stalenes=5s"))
        .rootCause()
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("larder.max-staleness");
  }

  @Test
  void whatIsStoppedForgetsAtItsNextStart() {
    try (ConfigurableApplicationContext context =
        Application.run(
            Application.WITHOUT_JPA, "spring.datasource.hikari.allow-pool-suspension=true")) {
      JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
      jdbc.execute("create table plant (id int primary key)");
      String sql = "select id from plant";
      jdbc.queryForList(sql);
      jdbc.queryForList(sql);
      assertThat(statistics(context).hits()).isEqualTo(1);
      context.stop();
      assertThat(pool(context).getHikariPoolMXBean().getTotalConnections()).isZero();
      context.start();
      jdbc.queryForList(sql);
      assertThat(statistics(context).hits()).isEqualTo(1);
    }
  }

  @Test
  void springCloudDoesNotBindAnewWhatItCannot() {
    try (ConfigurableApplicationContext context = Application.run(Application.WITHOUT_JPA)) {
      assertThat(context.getEnvironment().getProperty("spring.cloud.refresh.never-refreshable"))
          .contains("com.zaxxer.hikari.HikariDataSource", "dev.larder.jdbc.LarderDataSource");
    }
  }
}
