package dev.larder.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.spring.internal.observe.LarderEndpoint;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the actuator's endpoint answers. */
class EndpointTest {

  @Test
  void tellsExplainsAndForgets() {
    try (ConfigurableApplicationContext context =
        Application.run(
            Application.WITHOUT_JPA, "management.endpoints.jmx.exposure.include=larder")) {
      JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
      jdbc.execute("create table plant (id int primary key)");
      String sql = "select id from plant";
      jdbc.queryForList(sql);
      LarderEndpoint endpoint = context.getBean(LarderEndpoint.class);

      assertThat(endpoint.status().get("dataSource")).containsEntry("misses", 1L);
      assertThat(endpoint.ask("dataSource", sql))
          .containsEntry("cached", true)
          .containsKey("template");
      assertThat(endpoint.ask("dataSource", "select now()")).containsEntry("cached", false);
      assertThat(endpoint.ask("nobody", null)).isNull();

      endpoint.forget("dataSource", "plant");
      jdbc.queryForList(sql);
      Map<String, Object> after = endpoint.ask("dataSource", null);
      assertThat(after).containsEntry("hits", 0L).containsEntry("misses", 2L);
      endpoint.forget("dataSource", null);
      jdbc.queryForList(sql);
      assertThat(endpoint.ask("dataSource", null)).containsEntry("hits", 0L);
    }
  }
}
