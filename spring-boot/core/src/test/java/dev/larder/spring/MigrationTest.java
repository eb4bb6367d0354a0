package dev.larder.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who defines the tables of an application does so through Larder. */
class MigrationTest {

  private static final String WITHOUT_FLYWAY = "spring.flyway.enabled=false";

  @Test
  void flywayRuns() {
    try (ConfigurableApplicationContext context = Application.run()) {
      assertThat(context.getBean(DataSource.class)).isInstanceOf(LarderDataSource.class);
      JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
      assertThat(jdbc.queryForObject("select name from migrated", String.class)).isEqualTo("fern");
    }
  }

  @Test
  void scriptsRun() {
    try (ConfigurableApplicationContext context =
        Application.run(
            WITHOUT_FLYWAY,
            "spring.sql.init.mode=always",
            "spring.sql.init.schema-locations=classpath:scripted.sql")) {
      JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
      assertThat(jdbc.queryForObject("select name from scripted", String.class)).isEqualTo("moss");
    }
  }

  @Test
  void hibernateHasTheSecondLevelThatIsWanted() {
    assertThat(regionFactory("larder.hibernate.enabled=true")).contains("LarderRegionFactory");
    assertThat(regionFactory("larder.hibernate.enabled=false")).contains("NoCaching");
    assertThat(regionFactory("larder.enabled=false")).contains("NoCaching");
    assertThat(
            regionFactory(
                "larder.hibernate.enabled=false",
                "spring.jpa.properties.hibernate.cache.region.factory_class=larder"))
        .as("the application's own choice")
        .contains("LarderRegionFactory");
  }

  private static String regionFactory(String... properties) {
    List<String> all = new ArrayList<>(List.of(properties));
    all.add(WITHOUT_FLYWAY);
    try (ConfigurableApplicationContext context = Application.run(all.toArray(new String[0]))) {
      return context
          .getBean(EntityManagerFactory.class)
          .unwrap(SessionFactoryImplementor.class)
          .getCache()
          .getRegionFactory()
          .getClass()
          .getName();
    }
  }
}
