package dev.larder.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.jdbc.LarderDataSource;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The DataSources that an application makes itself work alike with Larder and without. */
class SwitchedOffTest {

  private static HikariDataSource newPool(String holds) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(Application.newDatabase());
    pool.setMaximumPoolSize(2);
    JdbcTemplate jdbc = new JdbcTemplate(pool);
    jdbc.execute("create table plant (name varchar(20))");
    jdbc.update("insert into plant values (?)", holds);
    return pool;
  }

  @AfterEach
  void leaveTheScopeEmpty() {
    OtherDataSourcesTest.emptyScope();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        OtherDataSourcesTest.Two.class,
        OtherDataSourcesTest.Routed.class,
        OtherDataSourcesTest.Decorated.class,
        OtherDataSourcesTest.Lazy.class,
        OtherDataSourcesTest.Scoped.class
      })
  void nothingIsWrapped(Class<?> beans) {
    try (ConfigurableApplicationContext context =
        Application.run(
            List.of(Application.Plain.class, beans),
            Application.WITHOUT_JPA,
            "larder.enabled=false")) {
      assertThat(context.getBeanProvider(LarderDataSources.class).getIfAvailable()).isNull();
      assertThat(context.getBeansOfType(DataSource.class).values())
          .isNotEmpty()
          .noneMatch(LarderDataSource.class::isInstance);
      DataSource primary = context.getBean(DataSource.class);
      assertThat(new JdbcTemplate(primary).queryForObject("select 1", Integer.class)).isOne();
    }
  }

  /** Read-only transactions are given connections of a pool of their own. */
  @Configuration(proxyBeanMethods = false)
  static class ReadOnly {
    @Bean
    DataSource writable() {
      return newPool("written");
    }

    @Bean
    DataSource readable() {
      return newPool("copied");
    }

    @Bean
    @Primary
    DataSource lazy(
        @Qualifier("writable") DataSource writable, @Qualifier("readable") DataSource readable) {
      LazyConnectionDataSourceProxy lazy = new LazyConnectionDataSourceProxy(writable);
      lazy.setReadOnlyDataSource(readable);
      return lazy;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aReadOnlyTransactionReadsItsOwnPool(boolean larder) {
    try (ConfigurableApplicationContext context =
        Application.run(
            List.of(Application.Plain.class, ReadOnly.class),
            Application.WITHOUT_JPA,
            "larder.enabled=" + larder)) {
      for (int time = 0; time < 3; time++) {
        assertThat(read(context, true)).isEqualTo("copied");
        assertThat(read(context, false)).isEqualTo("written");
      }
      if (larder) {
        LarderDataSources all = context.getBean(LarderDataSources.class);
        for (String bean : List.of("writable", "readable")) {
          assertThat(all.find(bean).orElseThrow().statistics().hits()).as(bean).isEqualTo(2);
        }
      }
    }
  }

  private static String read(ConfigurableApplicationContext context, boolean readOnly) {
    DataSource dataSource = context.getBean(DataSource.class);
    TransactionTemplate template = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    template.setReadOnly(readOnly);
    return template.execute(
        status ->
            new JdbcTemplate(dataSource).queryForObject("select name from plant", String.class));
  }
}
