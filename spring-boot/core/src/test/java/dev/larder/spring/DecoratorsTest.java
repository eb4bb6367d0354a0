package dev.larder.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/** Others that put themselves above DataSource beans, for traces and logs. */
class DecoratorsTest {

  private static final String SQL = "select name from plant where id = ?";

  private static void readTwiceAndWrite(JdbcTemplate jdbc) {
    jdbc.execute("create table plant (id int primary key, name varchar(20))");
    jdbc.update("insert into plant values (1, 'fern')");
    assertThat(jdbc.queryForObject(SQL, String.class, 1)).isEqualTo("fern");
    assertThat(jdbc.queryForObject(SQL, String.class, 1)).isEqualTo("fern");
    jdbc.update("update plant set name = 'moss' where id = 1");
    assertThat(jdbc.queryForObject(SQL, String.class, 1)).isEqualTo("moss");
  }

  private static final Queue<String> OBSERVED = new ConcurrentLinkedQueue<>();

  /** Remembers what was observed. */
  static final class Names implements ObservationHandler<Observation.Context> {
    @Override
    public void onStop(Observation.Context context) {
      OBSERVED.add(context.getName());
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }
  }

  /** Where observations go. */
  @Configuration(proxyBeanMethods = false)
  static class Observed {
    @Bean
    ObservationRegistry observations() {
      ObservationRegistry registry = ObservationRegistry.create();
      registry.observationConfig().observationHandler(new Names());
      return registry;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void datasourceMicrometerSeesWhatIsAsked(boolean larder) {
    OBSERVED.clear();
    try (ConfigurableApplicationContext context =
        Application.run(
            List.of(Application.Plain.class, Observed.class),
            Application.WITHOUT_JPA,
            "jdbc.datasource-proxy.enabled=true",
            "larder.enabled=" + larder)) {
      assertThat(context.getBean(DataSource.class)).isNotInstanceOf(LarderDataSource.class);
      readTwiceAndWrite(context.getBean(JdbcTemplate.class));
      assertThat(OBSERVED).filteredOn("jdbc.query"::equals).hasSize(6);
      if (larder) {
        assertThat(hits(context)).isEqualTo(1);
      }
    }
  }

  private static long hits(ConfigurableApplicationContext context) {
    return context
        .getBean(LarderDataSources.class)
        .find("dataSource")
        .orElseThrow()
        .statistics()
        .hits();
  }

  private static final AtomicInteger STATEMENTS = new AtomicInteger();

  /** Counts statements, from where the property {@code order} says. */
  static final class Counting implements BeanPostProcessor, Ordered {
    private final int order;

    Counting(int order) {
      this.order = order;
    }

    @Override
    public int getOrder() {
      return order;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
      return bean instanceof DataSource dataSource
          ? ProxyDataSourceBuilder.create(beanName, dataSource)
              .afterQuery((execution, queries) -> STATEMENTS.incrementAndGet())
              .build()
          : bean;
    }
  }

  /** An application that has it. */
  @Configuration(proxyBeanMethods = false)
  static class Counted {
    @Bean
    static Counting counting(Environment environment) {
      return new Counting(environment.getRequiredProperty("order", Integer.class));
    }
  }

  /** Above Larder it sees every statement, below it those that Larder hands on. */
  @ParameterizedTest
  @CsvSource({
    "2147483627, true, 6",
    "2147483627, false, 6",
    "0, true, 5",
    "0, false, 6",
  })
  void aDecoratorStandsOnEitherSide(int order, boolean larder, int seen) {
    STATEMENTS.set(0);
    try (ConfigurableApplicationContext context =
        Application.run(
            List.of(Application.Plain.class, Counted.class),
            Application.WITHOUT_JPA,
            "order=" + order,
            "larder.data-sources=dataSource",
            "larder.enabled=" + larder)) {
      assertThat(context.getBean(DataSource.class))
          .isInstanceOf(larder && order == 0 ? LarderDataSource.class : ProxyDataSource.class);
      readTwiceAndWrite(context.getBean(JdbcTemplate.class));
      assertThat(STATEMENTS).hasValueGreaterThanOrEqualTo(seen);
      if (larder) {
        assertThat(hits(context)).isEqualTo(1);
      }
    }
  }
}
