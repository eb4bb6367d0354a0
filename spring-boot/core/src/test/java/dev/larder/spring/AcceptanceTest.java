package dev.larder.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.jdbc.LarderDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.ClassUtils;

/**
 * What one ordinary application has without Larder it has with it: each test runs with Larder on
 * and off, on an application whose database comes from a service connection.
 */
class AcceptanceTest {

  private static final Map<Boolean, ConfigurableApplicationContext> STARTED = new HashMap<>();
  private static final Map<Boolean, String> URLS = new HashMap<>();

  @AfterAll
  static void close() {
    STARTED.values().forEach(ConfigurableApplicationContext::close);
    STARTED.clear();
  }

  /** The application, started once with Larder and once without. */
  private static ConfigurableApplicationContext application(boolean larder) {
    return STARTED.computeIfAbsent(larder, AcceptanceTest::start);
  }

  private static ConfigurableApplicationContext start(boolean larder) {
    String url = Application.newDatabase();
    URLS.put(larder, url);
    return new SpringApplicationBuilder(Application.Plain.class)
        .web(WebApplicationType.NONE)
        .initializers(context -> provideService((GenericApplicationContext) context, url))
        .properties(
            "spring.main.banner-mode=off",
            Application.WITHOUT_OBSERVATION,
            "spring.datasource.url=jdbc:h2:tcp://nobody.invalid/ignored",
            "spring.datasource.hikari.pool-name=shop",
            "spring.datasource.hikari.maximum-pool-size=3",
            "spring.flyway.baseline-on-migrate=true",
            "spring.flyway.baseline-version=0",
            "spring.sql.init.mode=always",
            "spring.sql.init.schema-locations=classpath:scripted.sql",
            "management.simple.metrics.export.enabled=true",
            "larder.writers=this-jvm",
            "larder.admission=always",
            "larder.enabled=" + larder)
        .run();
  }

  /**
   * The bean that Testcontainers' {@code @ServiceConnection} and Docker Compose contribute; the
   * interface has a package of its own in each line of Spring Boot.
   */
  private static void provideService(GenericApplicationContext context, String url) {
    ClassLoader loader = AcceptanceTest.class.getClassLoader();
    String name = "org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails";
    Class<?> type =
        ClassUtils.resolveClassName(
            ClassUtils.isPresent(name, loader)
                ? name
                : "org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails",
            loader);
    InvocationHandler answers =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getJdbcUrl" -> url;
              case "getUsername" -> "sa";
              case "getPassword" -> "";
              case "equals" -> proxy == Objects.requireNonNull(arguments)[0];
              case "hashCode" -> System.identityHashCode(proxy);
              case "toString" -> "a service";
              default -> InvocationHandler.invokeDefault(proxy, method, arguments);
            };
    RootBeanDefinition definition = new RootBeanDefinition();
    definition.setTargetType(type);
    definition.setInstanceSupplier(
        () -> Proxy.newProxyInstance(loader, new Class<?>[] {type}, answers));
    context.registerBeanDefinition("service", definition);
  }

  private static HikariDataSource pool(boolean larder) {
    ConfigurableApplicationContext context = application(larder);
    DataSource bean = context.getBean(DataSource.class);
    return (HikariDataSource)
        (larder ? context.getBean(LarderDataSources.class).below(bean).orElseThrow() : bean);
  }

  private static JdbcTemplate jdbc(boolean larder) {
    return application(larder).getBean(JdbcTemplate.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hikarisPropertiesAreHonoured(boolean larder) {
    assertThat(application(larder).getBean(DataSource.class))
        .isInstanceOf(larder ? LarderDataSource.class : HikariDataSource.class);
    assertThat(pool(larder).getPoolName()).isEqualTo("shop");
    assertThat(pool(larder).getMaximumPoolSize()).isEqualTo(3);
    assertThat(
            application(larder).getBeanProvider(DataSourcePoolMetadataProvider.class).stream()
                .map(
                    provider ->
                        provider.getDataSourcePoolMetadata(
                            application(larder).getBean(DataSource.class)))
                .filter(Objects::nonNull)
                .map(metadata -> metadata.getMax()))
        .containsExactly(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thePoolsMetersAreThere(boolean larder) {
    MeterRegistry registry = application(larder).getBean(MeterRegistry.class);
    assertThat(registry.get("hikaricp.connections").tag("pool", "shop").gauge().value())
        .isPositive();
    assertThat(registry.get("hikaricp.connections.usage").tag("pool", "shop").timer()).isNotNull();
    assertThat(registry.get("jdbc.connections.max").tag("name", "dataSource").gauge().value())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theDatabasesHealthIsShown(boolean larder) throws ReflectiveOperationException {
    Object indicator = application(larder).getBean("dbHealthContributor");
    Object health = indicator.getClass().getMethod("health").invoke(indicator);
    assertThat(health.toString()).contains("UP").contains("H2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theServiceConnectionGivesTheAddress(boolean larder) throws SQLException {
    DataSource dataSource = application(larder).getBean(DataSource.class);
    try (Connection connection = dataSource.getConnection()) {
      assertThat(URLS.get(larder)).startsWith(connection.getMetaData().getURL());
    }
    assertThat(pool(larder).getJdbcUrl()).isEqualTo(URLS.get(larder));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void migrationsRunAndWhatTheyMadeIsRead(boolean larder) {
    for (String table : List.of("migrated", "evolved", "scripted")) {
      String sql = "select name from " + table + " where id = ?";
      String before = jdbc(larder).queryForObject(sql, String.class, 1);
      assertThat(before).isNotEmpty();
      assertThat(jdbc(larder).queryForObject(sql, String.class, 1)).isEqualTo(before);
      assertThat(jdbc(larder).update("update " + table + " set name = 'new' where id = 1"))
          .isEqualTo(1);
      assertThat(jdbc(larder).queryForObject(sql, String.class, 1)).isEqualTo("new");
      jdbc(larder).update("update " + table + " set name = ? where id = 1", before);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onlyWhereItIsOnIsAnythingOfLarders(boolean larder) {
    ConfigurableApplicationContext context = application(larder);
    assertThat(
            List.of(context.getBeanDefinitionNames()).stream()
                .anyMatch(name -> name.startsWith("larder")))
        .isEqualTo(larder);
    MeterRegistry registry = context.getBean(MeterRegistry.class);
    assertThat(
            registry.getMeters().stream()
                .anyMatch(meter -> meter.getId().getName().startsWith("larder.")))
        .isEqualTo(larder);
    assertThat(context.getEnvironment().getPropertySources().contains("larderNeverRebound"))
        .isEqualTo(larder);
  }
}
