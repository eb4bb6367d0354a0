package dev.larder.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * DevTools ends a database in memory at a restart, and the next application of the same JVM makes
 * it anew, with other rows.
 */
class DevToolsTest {

  @BeforeEach
  void restartsArePossible() {
    Restarter.initialize(new String[0], false, thread -> new URL[0], false);
  }

  @AfterEach
  void andOverAgain() {
    Restarter.clearInstance();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingOfTheFormerApplicationIsRead(boolean larder) throws Exception {
    String url = "spring.datasource.url=" + Application.newDatabase();
    // DevTools does nothing in a thread that JUnit is seen to have called.
    FutureTask<Void> applications = new FutureTask<>(() -> runTwice(url, larder), null);
    Thread thread = new Thread(applications, "application");
    thread.start();
    applications.get(2, TimeUnit.MINUTES);
  }

  private static void runTwice(String url, boolean larder) {
    for (String name : new String[] {"fern", "moss"}) {
      try (ConfigurableApplicationContext context =
          Application.run(Application.WITHOUT_JPA, url, "larder.enabled=" + larder)) {
        assertThat(context.containsBean("inMemoryDatabaseShutdownExecutor")).isTrue();
        JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
        jdbc.execute("create table plant (name varchar(20))");
        jdbc.update("insert into plant values (?)", name);
        for (int read = 0; read < 2; read++) {
          assertThat(jdbc.queryForObject("select name from plant", String.class)).isEqualTo(name);
        }
      }
    }
  }
}
