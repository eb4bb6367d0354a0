package dev.larder.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.hibernate.SecondLevelCache;
import dev.larder.jdbc.LarderDataSource;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Spring Boot's JPA auto-configuration, over a LarderDataSource, over any other, without Larder.
 */
class AutoConfigurationTest {

  private static final String QUERIES = "default-query-results-region";

  private ConfigurableApplicationContext context;
  private SessionFactory factory;
  private Plants plants;
  private Pots pots;

  private void run(String... properties) {
    context = SpringApplication.run(Greenhouse.class, properties);
    factory = context.getBean(EntityManagerFactory.class).unwrap(SessionFactory.class);
    plants = context.getBean(Plants.class);
    pots = context.getBean(Pots.class);
    plants.saveAll(List.of(new Plant(1, "fern", 40), new Plant(2, "monstera", 120)));
    pots.save(new Pot(1, "terracotta"));
  }

  @AfterEach
  void close() {
    context.close();
  }

  private boolean isHit(String region, Runnable read) {
    long before = factory.getStatistics().getCacheRegionStatistics(region).getHitCount();
    read.run();
    return factory.getStatistics().getCacheRegionStatistics(region).getHitCount() > before;
  }

  /** Reads until the read is answered from the region. */
  private void keep(String region, Runnable read) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!isHit(region, read)) {
      assertThat(System.nanoTime()).as("nothing is kept in " + region).isLessThan(deadline);
    }
  }

  private void keepAll() {
    keep("plant", () -> height(1));
    keep("plant", () -> height(2));
    keep("pot", () -> pots.findById(1L));
    keep(QUERIES, this::tall);
  }

  private int height(long id) {
    return plants.findById(id).orElseThrow().getHeight();
  }

  private List<String> tall() {
    return plants.findByHeightGreaterThanOrderById(100).stream().map(Plant::getName).toList();
  }

  /**
   * An entity action, a bulk update of Spring Data's, a statement past JPA.
   *
   * @param told what makes the last of them known
   */
  private void eachWriterIsSeen(Runnable told) {
    keepAll();
    plants.save(new Plant(2, "monstera", 130));
    assertThat(height(2)).isEqualTo(130);
    assertThat(isHit("plant", () -> height(1))).as("a neighbour").isTrue();

    keepAll();
    plants.water(1);
    assertThat(height(1)).isEqualTo(41);

    keepAll();
    context.getBean(JdbcTemplate.class).update("update plant set height = 101 where id = 1");
    told.run();
    assertThat(height(1)).isEqualTo(101);
    assertThat(tall()).containsExactly("fern", "monstera");
    assertThat(isHit("pot", () -> pots.findById(1L))).isTrue();
  }

  @Test
  void theLarderDataSourceIsFound() {
    run();
    assertThat(context.getBean(DataSource.class)).isInstanceOf(LarderDataSource.class);
    assertThat(SecondLevelCache.of(factory).seesEveryStatement()).isTrue();
    eachWriterIsSeen(() -> {});
    assertThat(isHit("plant", () -> height(2))).as("a row that was not written").isTrue();
  }

  @Test
  void anyOtherDataSource() {
    run(
        "--larder.data-sources=none",
        "--spring.datasource.url=jdbc:h2:mem:plain",
        "--spring.jpa.properties.hibernate.larder.writers=this-jvm");
    assertThat(SecondLevelCache.of(factory).seesEveryStatement()).isFalse();
    eachWriterIsSeen(() -> SecondLevelCache.of(factory).invalidation().table("plant"));
  }

  @Test
  void withoutLarder() {
    run("--larder.enabled=false", "--spring.datasource.url=jdbc:h2:mem:without");
    assertThat(context.getBean(DataSource.class)).isInstanceOf(HikariDataSource.class);
    plants.save(new Plant(2, "monstera", 130));
    plants.water(1);
    assertThat(height(2)).isEqualTo(130);
    assertThat(height(1)).isEqualTo(41);
    assertThat(factory.getStatistics().getSecondLevelCacheHitCount()).isZero();
  }
}
