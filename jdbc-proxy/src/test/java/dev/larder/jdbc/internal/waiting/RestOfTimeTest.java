package dev.larder.jdbc.internal.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A statement is cancelled when its time is over, and not after its end. */
class RestOfTimeTest {

  private final CountDownLatch cancels = new CountDownLatch(1);

  @Test
  void theStatementIsCancelledWhenItsTimeIsOver() throws InterruptedException {
    RestOfTime rest = new RestOfTime(cancels::countDown, 1);
    assertThat(cancels.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(rest.end()).isTrue();
    assertThat(rest.end()).isTrue();
  }

  @Test
  void whatHasEndedIsNotCancelled() {
    RestOfTime rest = new RestOfTime(cancels::countDown, TimeUnit.MINUTES.toNanos(1));
    assertThat(rest.end()).isFalse();
    assertThat(cancels.getCount()).isOne();
  }

  @Test
  void aCancelThatFailsCountsAsOne() throws InterruptedException {
    RestOfTime rest =
        new RestOfTime(
            () -> {
              cancels.countDown();
              throw new SQLException("closed", "08003");
            },
            1);
    assertThat(cancels.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(rest.end()).isTrue();
  }
}
