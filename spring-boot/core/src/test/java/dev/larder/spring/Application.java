package dev.larder.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Starts applications of Spring Boot, each on a database of its own. For one thread. */
final class Application {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  /** JPA opens connections when it starts; of both lines of Spring Boot. */
  static final String WITHOUT_JPA =
      "spring.autoconfigure.exclude="
          + "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration,"
          + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
          + "org.springframework.boot.autoconfigure.data.jpa.JpaRepositoriesAutoConfiguration,"
          + "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration,"
          + "org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration,"
          + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration";

  /** datasource-micrometer's proxies stay away, unless a test asks for them. */
  static final String WITHOUT_OBSERVATION = "jdbc.datasource-proxy.enabled=false";

  /** Flyway defines the tables, unless a test asks for both. */
  static final String WITHOUT_LIQUIBASE = "spring.liquibase.enabled=false";

  private Application() {}

  /** What an application says of itself at least. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Plain {}

  /** The URL of a database that nobody has used yet. */
  static String newDatabase() {
    return "jdbc:h2:mem:spring" + DATABASES.incrementAndGet() + ";DB_CLOSE_DELAY=-1";
  }

  /** Runs with one DataSource, as Boot makes it of properties. */
  static ConfigurableApplicationContext run(String... properties) {
    return run(List.of(Plain.class), properties);
  }

  static ConfigurableApplicationContext run(List<Class<?>> sources, String... properties) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "spring.main.banner-mode=off",
                "spring.datasource.url=" + newDatabase(),
                "spring.datasource.username=sa",
                WITHOUT_OBSERVATION,
                WITHOUT_LIQUIBASE,
                "larder.writers=this-jvm",
                "larder.admission=always"));
    all.addAll(List.of(properties));
    return new SpringApplicationBuilder(sources.toArray(new Class<?>[0]))
        .web(WebApplicationType.NONE)
        .properties(all.toArray(new String[0]))
        .run();
  }
}
