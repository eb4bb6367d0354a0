package dev.larder.jdbc.internal.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.internal.session.Interruptions;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A wait ends once, and says why. */
class WaitTest {

  private static final long LONG = TimeUnit.MINUTES.toNanos(1);
  private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(5);

  private final Fake connection = new Fake();

  /** A connection and its statement, of which another thread may close both. */
  private static final class Fake implements WaitingConnection, TimedStatement {
    private final List<@Nullable Wait> waits = new ArrayList<>();
    private boolean closed;
    private @Nullable WaitEnd ended;
    private long rest = Long.MAX_VALUE;

    /** What another thread does as soon as it can see that there is a wait. */
    private @Nullable WaitEnd endsAtOnce;

    @Override
    public TimedStatement serving() {
      return this;
    }

    @Override
    public void waiting(@Nullable Wait wait) {
      waits.add(wait);
      if (wait != null && endsAtOnce != null) {
        wait.end(endsAtOnce);
      }
    }

    @Override
    public boolean isMarkedClosed() {
      return closed;
    }

    @Override
    public Interruptions interruptions() {
      return Interruptions.STANDARD;
    }

    @Override
    public @Nullable WaitEnd ended() {
      return ended;
    }

    @Override
    public long restNanos() {
      return rest;
    }

    void assertThatItWaitsNoLonger() {
      assertThat(waits).hasSize(2);
      assertThat(waits.get(0)).isNotNull();
      assertThat(waits.get(1)).isNull();
    }
  }

  @Test
  void whatComesIsTaken() throws Exception {
    CompletableFuture<String> coming = CompletableFuture.completedFuture("here");
    assertThat(Wait.await(connection, coming, LONG)).isEqualTo("here");
    assertThat(Wait.<String>borrowing(connection, acquisition -> "lent", LONG)).isEqualTo("lent");
  }

  @Test
  void nothingComesInTimeOrEver() throws Exception {
    assertThat(Wait.await(connection, new CompletableFuture<String>(), SHORT)).isNull();
    connection.assertThatItWaitsNoLonger();
    CompletableFuture<String> failed = CompletableFuture.failedFuture(new SQLException("lost"));
    assertThat(Wait.await(connection, failed, LONG)).isNull();
  }

  @Test
  void theStatementsTimeEndsAWait() {
    connection.rest = SHORT;
    assertThatThrownBy(() -> Wait.await(connection, new CompletableFuture<String>(), LONG))
        .isInstanceOf(SQLTimeoutException.class);
    connection.assertThatItWaitsNoLonger();
  }

  @Test
  void whoeverCancelsFindsTheWait() {
    connection.endsAtOnce = WaitEnd.CANCELLED;
    assertThatThrownBy(() -> Wait.await(connection, new CompletableFuture<String>(), LONG))
        .hasMessageContaining("cancelled");
    connection.assertThatItWaitsNoLonger();
  }

  @Test
  void aFailureToBorrowIsToldAsWhatEndedTheWait() {
    assertThatThrownBy(
            () ->
                Wait.borrowing(
                    connection,
                    acquisition -> {
                      throw new SQLException("the pool is empty", "08001");
                    },
                    LONG))
        .hasMessage("the pool is empty");
    connection.assertThatItWaitsNoLonger();
    connection.endsAtOnce = WaitEnd.CONNECTION_CLOSED;
    assertThatThrownBy(
            () ->
                Wait.borrowing(
                    connection,
                    acquisition -> {
                      assertThat(acquisition.isEnded()).isTrue();
                      throw new SQLException("the wait was ended", "08001");
                    },
                    LONG))
        .isInstanceOf(SQLNonTransientConnectionException.class)
        .hasRootCauseMessage("the wait was ended");
  }

  @Test
  void whatIsOverDoesNotWait() {
    connection.ended = WaitEnd.STATEMENT_CLOSED;
    assertThatThrownBy(() -> Wait.await(connection, new CompletableFuture<String>(), LONG))
        .hasMessageContaining("statement has been closed");
    connection.assertThatItWaitsNoLonger();
  }

  @Test
  void aClosedConnectionDoesNotWaitWhateverItsStatementSays() {
    connection.ended = WaitEnd.CANCELLED;
    connection.closed = true;
    assertThatThrownBy(() -> Wait.borrowing(connection, acquisition -> "lent", LONG))
        .isInstanceOf(SQLNonTransientConnectionException.class);
    connection.assertThatItWaitsNoLonger();
  }

  @Test
  void theFirstWhoEndsItSaysWhy() {
    AtomicInteger woken = new AtomicInteger();
    Wait wait = new Wait(connection, woken::incrementAndGet);
    assertThat(wait.isFor(connection)).isTrue();
    assertThat(wait.isFor(new Fake())).isFalse();
    assertThat(wait.ended()).isNull();
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
