package dev.larder.jdbc.internal.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.session.Interruptions;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A wait ends once, and says why. */
class WaitTest {

  private final AtomicInteger woken = new AtomicInteger();
  private final Wait wait = new Wait(null, woken::incrementAndGet);

  @Test
  void aWaitThatNobodyEndedSaysSo() {
    assertThat(wait.ended()).isNull();
    assertThat(woken).hasValue(0);
  }

  @Test
  void theFirstWhoEndsItSaysWhy() {
    wait.end(WaitEnd.CANCELLED);
    wait.end(WaitEnd.CONNECTION_CLOSED);
    assertThat(wait.ended()).isEqualTo(WaitEnd.CANCELLED);
    assertThat(woken).hasValue(1);
  }

  @Test
  void eachEndIsTheExceptionThatTheDriverWouldThrow() {
    Throwable cause = new SQLException("interrupted");
    assertThat(exception(WaitEnd.CANCELLED, cause)).hasCause(cause);
    assertThat(exception(WaitEnd.TIMED_OUT, null)).isInstanceOf(SQLTimeoutException.class);
    assertThat(exception(WaitEnd.STATEMENT_CLOSED, null))
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo("55000");
    assertThat(exception(WaitEnd.CONNECTION_CLOSED, null))
        .isInstanceOf(SQLNonTransientConnectionException.class);
  }

  private static Throwable exception(WaitEnd end, @Nullable Throwable cause) {
    return end.exception(Interruptions.STANDARD, cause);
  }
}
