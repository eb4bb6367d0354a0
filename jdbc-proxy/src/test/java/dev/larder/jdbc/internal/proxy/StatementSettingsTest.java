package dev.larder.jdbc.internal.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What was set on a statement, for as many of the driver's as there will be. */
class StatementSettingsTest {

  private final StatementSettings settings = new StatementSettings();
  private final List<String> calls = new ArrayList<>();
  private final Statement statement =
      (Statement)
          Proxy.newProxyInstance(
              Statement.class.getClassLoader(),
              new Class<?>[] {Statement.class},
              (proxy, method, arguments) -> null);

  private void add(String name, String call) {
    settings.add(name, s -> calls.add(call));
  }

  @Test
  void everyStatementIsSetAlike() throws SQLException {
    add("maxRows", "maxRows");
    add("fetchSize", "fetchSize");
    settings.setAllOn(statement);
    settings.setAllOn(statement);
    assertThat(calls).containsExactly("maxRows", "fetchSize", "maxRows", "fetchSize");
  }

  @Test
  void theLastOfAKindCountsAndComesLast() throws SQLException {
    add("maxRows", "maxRows 1");
    add("fetchSize", "fetchSize");
    add("maxRows", "maxRows 2");
    settings.setAllOn(statement);
    assertThat(calls).containsExactly("fetchSize", "maxRows 2");
  }

  @Test
  void withoutALimitTimeIsNeverOver() {
    assertThat(settings.restNanos()).isEqualTo(Long.MAX_VALUE);
    settings.startTime();
    assertThat(settings.restNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void timeRunsFromTheFirstQuestionUntilItIsStartedAnew() throws InterruptedException {
    settings.queryTimeout(10);
    long before = settings.restNanos();
    assertThat(before).isPositive().isLessThanOrEqualTo(TimeUnit.SECONDS.toNanos(10));
    TimeUnit.MILLISECONDS.sleep(2);
    long after = settings.restNanos();
    assertThat(after).isLessThan(before);
    settings.startTime();
    assertThat(settings.restNanos()).isGreaterThan(after);
  }
}
