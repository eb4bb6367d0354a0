package dev.larder.invalidation.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When rounds begin, and how they end. */
@Timeout(60)
class PollingThreadTest {

  private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

  private final Semaphore rounds = new Semaphore(0);
  private final CountDownLatch ended = new CountDownLatch(1);

  private PollingThread pausing(long nanos) {
    return new PollingThread(
        "test",
        () -> {
          rounds.release();
          return nanos;
        },
        ended::countDown);
  }

  @Test
  void roundsFollowEachOtherUntilItIsClosed() throws InterruptedException {
    try (PollingThread thread = pausing(1)) {
      thread.start();
      rounds.acquire(10);
      assertThat(thread.isClosed()).isFalse();
    }
    assertThat(ended.getCount()).as("what is done last is done when close() returns").isZero();
    rounds.drainPermits();
    assertThat(rounds.tryAcquire(20, TimeUnit.MILLISECONDS)).isFalse();
  }

  @Test
  void whoNeedsARoundDoesNotWaitForThePause() throws InterruptedException {
    try (PollingThread thread = pausing(HOUR_NANOS)) {
      thread.start();
      for (int i = 0; i < 5; i++) {
        rounds.acquire();
        thread.soon();
      }
      rounds.acquire();
      assertThat(rounds.tryAcquire(20, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  @Test
  void needingItAllTheTimeGivesNoMoreRoundsThanTwoMillisecondsHold() throws InterruptedException {
    AtomicReference<PollingThread> self = new AtomicReference<>();
    PollingThread thread =
        new PollingThread(
            "test",
            () -> {
              rounds.release();
              known(self).soon();
              return 0;
            },
            () -> {});
    self.set(thread);
    long began = System.nanoTime();
    thread.start();
    rounds.acquire(20);
    thread.close();
    assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(19 * 2_000_000L);
  }

  @Test
  void intervalsCountFromTheBeginningOfARound() throws InterruptedException {
    AtomicInteger count = new AtomicInteger();
    Runnable slow =
        () -> {
          count.incrementAndGet();
          rounds.release();
          sleep(30);
        };
    try (PollingThread thread =
        PollingThread.every(Duration.ofMillis(1), "test", slow, ended::countDown)) {
      thread.start();
      rounds.acquire(3);
    }
    assertThat(count.get()).isBetween(3, 4);
    assertThat(ended.getCount()).isZero();
  }

  private static <T> T known(AtomicReference<T> known) {
    return Objects.requireNonNull(known.get());
  }

  private static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aRoundMaySayThatItWasTheLast() throws InterruptedException {
    PollingThread thread = pausing(PollingThread.END);
    thread.start();
    ended.await();
    assertThat(rounds.availablePermits()).isEqualTo(1);
    thread.close();
  }

  @Test
  void closingEndsAPauseWithinARound() throws InterruptedException {
    AtomicReference<PollingThread> self = new AtomicReference<>();
    PollingThread thread =
        new PollingThread(
            "test",
            () -> {
              rounds.release();
              known(self).pause(HOUR_NANOS);
              return 0;
            },
            ended::countDown);
    self.set(thread);
    thread.start();
    rounds.acquire();
    thread.close();
    assertThat(ended.getCount()).isZero();
  }

  @Test
  void interruptingEndsWhatARoundWaitsFor() throws InterruptedException {
    PollingThread thread =
        new PollingThread(
            "test",
            () -> {
              rounds.release();
              sleep(TimeUnit.HOURS.toMillis(1));
              return HOUR_NANOS;
            },
            ended::countDown);
    thread.start();
    rounds.acquire();
    thread.interrupt(Duration.ofSeconds(30));
    assertThat(ended.getCount()).isZero();
  }

  @Test
  void aStrayInterruptionIsNoReasonToEndOrToSpin() throws InterruptedException {
    AtomicReference<Thread> worker = new AtomicReference<>();
    try (PollingThread thread =
        new PollingThread(
            "test",
            () -> {
              worker.set(Thread.currentThread());
              rounds.release();
              return HOUR_NANOS;
            },
            ended::countDown)) {
      thread.start();
      rounds.acquire();
      known(worker).interrupt();
      assertThat(rounds.tryAcquire(20, TimeUnit.MILLISECONDS)).isFalse();
      assertThat(known(worker).isInterrupted()).isFalse();
      thread.soon();
      rounds.acquire();
    }
  }

  @Test
  void itMayEndItselfFromWithinARound() throws InterruptedException {
    AtomicReference<PollingThread> self = new AtomicReference<>();
    PollingThread thread =
        new PollingThread(
            "test",
            () -> {
              rounds.release();
              known(self).interrupt(Duration.ofHours(1));
              return 0;
            },
            ended::countDown);
    self.set(thread);
    thread.start();
    ended.await();
    assertThat(rounds.availablePermits()).isEqualTo(1);
  }

  @Test
  void itKeepsNoJvmAlive() throws InterruptedException {
    AtomicReference<Thread> worker = new AtomicReference<>();
    PollingThread thread =
        new PollingThread(
            "a name",
            () -> {
              worker.set(Thread.currentThread());
              return PollingThread.END;
            },
            ended::countDown);
    thread.start();
    ended.await();
    assertThat(known(worker).isDaemon()).isTrue();
    assertThat(known(worker).getName()).isEqualTo("a name");
  }
}
