package dev.larder.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A DataSource that Micronaut makes of properties, as {@code docs/micronaut.md} has them. */
class MicronautTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theUrlIsAllThatChanges(boolean larder) throws Exception {
    try (ApplicationContext context =
        ApplicationContext.run(
            Map.of(
                "datasources.default.url", Framework.url(larder),
                "datasources.default.driver-class-name", "dev.larder.jdbc.LarderDriver",
                "datasources.default.username", "sa",
                "datasources.default.password", "",
                "datasources.default.maximum-pool-size", 3))) {
      DataSource dataSource = context.getBean(DataSource.class);
      assertThat(dataSource.unwrap(com.zaxxer.hikari.HikariDataSource.class).getMaximumPoolSize())
          .isEqualTo(3);
      new Framework(dataSource).isRight(larder);
    }
  }
}
