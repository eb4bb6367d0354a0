package dev.larder.spring.slice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import jakarta.persistence.EntityManager;
import javax.sql.DataSource;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/**
 * A test of {@code @DataJpaTest}: it has its own database, without Larder, and each method's
 * changes are rolled back. The annotation has a package of its own in each line of Spring Boot, so
 * each starter has a class that is this with that annotation.
 */
@Transactional
public abstract class SliceContract {

  /** The application that is tested. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @AutoConfigurationPackage
  public static class Herbs {}

  @Autowired DataSource dataSource;
  @Autowired EntityManager entities;

  @RepeatedTest(2)
  void whatATestWritesIsReadAndRolledBack() {
    assertThat(dataSource).isNotInstanceOf(LarderDataSource.class);
    JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    assertThat(jdbc.queryForList("select name from herb")).isEmpty();
    entities.persist(new Herb(1, "sage"));
    entities.flush();
    entities.clear();
    assertThat(entities.find(Herb.class, 1L).getName()).isEqualTo("sage");
    assertThat(jdbc.queryForObject("select name from herb", String.class)).isEqualTo("sage");
  }
}
