package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.micrometer.LarderMetrics;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The meters show what was done, under Micrometer's names and Larder's. */
final class LarderMetricsTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void whatIsCountedIsShown() throws SQLException, IOException {
    try (TestDatabase database = Databases.postgres();
        LarderDataSource larder =
            LarderDataSource.builder()
                .url(database.url())
                .username(database.username())
                .password(database.password())
                .setting(Setting.WRITERS, "this-jvm")
                .setting(Setting.POOL_MAXIMUM_SIZE, "7")
                .setting(Setting.REPLICAS, "jdbc:postgresql://127.0.0.1:1/nowhere")
                .build()) {
      database.execute(
          "create table book (id int primary key, n int)", "insert into book values (1, 10)");
      new LarderMetrics(larder, "shop", Tags.of("region", "north")).bindTo(registry);
      try (Connection connection = larder.getConnection();
          Statement statement = connection.createStatement()) {
        ask(statement, "select n from book where id = 1");
        ask(statement, "select n from book where id = 1");
        ask(statement, "select n from book where now() is not null");
        statement.executeUpdate("update book set n = 11");
        ask(statement, "select n from book where id = 1");
        assertThat(value("larder.pool.active")).isEqualTo(1);
      }
      assertThat(value("cache.gets", "result", "hit")).isEqualTo(1);
      assertThat(value("cache.gets", "result", "miss")).isEqualTo(2);
      assertThat(value("cache.puts")).isEqualTo(2);
      assertThat(value("cache.size")).isEqualTo(larder.statistics().entries());
      assertThat(value("cache.evictions")).isZero();
      assertThat(value("larder.cache.bytes")).isPositive();
      assertThat(value("larder.bypasses", "reason", "non-deterministic-function")).isEqualTo(1);
      assertThat(value("larder.writes")).isEqualTo(1);
      assertThat(value("larder.statements")).isEqualTo(4);
      assertThat(value("larder.saved")).isPositive();
      FunctionTimer measured = registry.get("larder.database.duration").functionTimer();
      assertThat(measured.count()).isEqualTo(3);
      assertThat(measured.totalTime(TimeUnit.MICROSECONDS)).isPositive();
      assertThat(value("larder.invalidations", "source", "commit")).isEqualTo(1);
      assertThat(value("larder.invalidations", "source", "hook")).isZero();
      larder.invalidation().table("book");
      assertThat(value("larder.invalidations", "source", "hook")).isEqualTo(1);
      assertThat(value("larder.staleness.bound")).isZero();
      assertThat(value("larder.pool.maximum")).isEqualTo(7);
      assertThat(
              value("larder.replica.serving", "replica", "jdbc:postgresql://127.0.0.1:1/nowhere"))
          .isZero();
      assertThat(value("larder.sources", "state", "covering")).isZero();
      assertThat(registry.getMeters())
          .allSatisfy(
              meter -> {
                assertThat(meter.getId().getTag("cache")).isEqualTo("shop");
                assertThat(meter.getId().getTag("region")).isEqualTo("north");
                assertThat(document()).contains("`" + meter.getId().getName() + "`");
              });
    }
    assertThat(value("larder.sources.changes")).as("after the end").isZero();
  }

  @Test
  void aBeanThatIsConfiguredWronglySaysSo() {
    LarderDataSource bean = new LarderDataSource();
    bean.setSettings("larder.max-staleness=soon");
    assertThatThrownBy(() -> new LarderMetrics(bean, "shop").bindTo(registry))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("larder.max-staleness");
  }

  private static void ask(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
    }
  }

  private double value(String name, String... tags) {
    Meter meter = registry.get(name).tags(tags).meter();
    return meter.measure().iterator().next().getValue();
  }

  /** Tests run in the module's directory under Maven, in the project's under some editors. */
  private static String document() throws IOException {
    Path here = Path.of("docs/metrics.md");
    return Files.readString(Files.exists(here) ? here : Path.of("..").resolve(here));
  }
}
