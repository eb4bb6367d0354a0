package dev.larder.jdbc.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What says that the database cannot be reached, and who tries while it cannot. */
final class OutageTest {

  private final Outage outage = new Outage();

  @ParameterizedTest
  @ValueSource(strings = {"08000", "08001", "08006", "08S01", "57P01", "57P03", "53300"})
  void whatCannotBeReached(String state) {
    assertThat(outage.isShownBy(new SQLException("lost", state))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"57014", "22012", "23505", "40001", "42P01", "42501", "25006", "XX000"})
  void whatIsOfTheQuery(String state) {
    assertThat(outage.isShownBy(new SQLException("no", state))).isFalse();
  }

  @Test
  void aPoolsTimeLimitButNotAStatements() {
    assertThat(outage.isShownBy(new SQLTransientConnectionException("timed out"))).isTrue();
    assertThat(outage.isShownBy(new SQLTimeoutException("too long"))).isFalse();
    assertThat(outage.isShownBy(new SQLException("anything"))).isFalse();
  }

  @Test
  void aClosedConnectionIsOneThatWasLostOnlyMeanwhile() {
    SQLException closed = new SQLException("closed", "08003");
    assertThat(outage.isShownBy(closed)).isFalse();
    outage.begins(new SQLException("lost", "08006"));
    assertThat(outage.isShownBy(closed)).isTrue();
    outage.ends();
    assertThat(outage.isShownBy(closed)).isFalse();
  }

  @Test
  void oneTriesAndTheOthersAreSpared() {
    assertThat(outage.spares()).isFalse();
    outage.begins(new SQLException("lost", "08006"));
    assertThat(outage.spares()).isTrue();
    long end = System.nanoTime() + 10_000_000_000L;
    while (outage.spares()) {
      assertThat(System.nanoTime()).isLessThan(end);
    }
    assertThat(outage.spares()).isTrue();
    outage.ends();
    assertThat(outage.spares()).isFalse();
  }
}
