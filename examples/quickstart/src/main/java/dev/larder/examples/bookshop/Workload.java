package dev.larder.examples.bookshop;

import dev.larder.examples.bookshop.Requests.Request;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Visitors of the shop: a few threads that take requests off one list and carry them out as fast as
 * they can. For one caller at a time.
 */
final class Workload {
  /** One read in so many is compared with the database. */
  private static final int READS_PER_CHECK = 100;

  private final Requests requests;
  private final int threads;
  private final DataSource forReads;
  private final DataSource forWrites;
  private final StatementCounter statements;
  private final TruthCheck truth;

  /** How long a run goes on. */
  sealed interface Length {
    record For(Duration time) implements Length {}

    record Exactly(long requests) implements Length {}
  }

  /** Told several times a second how many requests are done, out of how many in the end. */
  interface Watcher {
    void at(long done, double share);
  }

  /**
   * What a run measured. A hit is a read for which no statement reached the database.
   *
   * @param failures requests that ended in an exception
   */
  record Result(
      long requests,
      Duration elapsed,
      LatencyRecorder latency,
      long reads,
      long hits,
      long failures,
      @Nullable SQLException firstFailure) {

    double perSecond() {
      return requests / (elapsed.toNanos() / 1e9);
    }

    /** The same, with hits that were foretold and not served. */
    Result withMoreHits(long foretold) {
      return new Result(requests, elapsed, latency, reads, hits + foretold, failures, firstFailure);
    }

    double hitRatio() {
      return reads == 0 ? 0 : (double) hits / reads;
    }
  }

  /**
   * @param forReads where visitors read; normally the same as {@code forWrites}
   * @param statements counts below {@code forReads}
   */
  Workload(
      Requests requests,
      int threads,
      DataSource forReads,
      DataSource forWrites,
      StatementCounter statements,
      TruthCheck truth) {
    this.requests = requests;
    this.threads = threads;
    this.forReads = forReads;
    this.forWrites = forWrites;
    this.statements = statements;
    this.truth = truth;
  }

  /** Carries out requests from number {@code first} on, and returns when the last one is done. */
  Result run(long first, Length length, Watcher watcher) throws InterruptedException {
    AtomicLong next = new AtomicLong(first);
    long start = System.nanoTime();
    List<Visitor> visitors = new ArrayList<>();
    List<Future<?>> visits = new ArrayList<>();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      for (int i = 0; i < threads; i++) {
        Visitor visitor = new Visitor(next, first, start, length);
        visitors.add(visitor);
        visits.add(executor.submit(visitor));
      }
      for (Future<?> visit : visits) {
        await(visit, () -> watcher.at(next.get() - first, share(length, next, first, start)));
      }
    } finally {
      executor.shutdownNow();
    }
    return sum(visitors, Duration.ofNanos(System.nanoTime() - start));
  }

  /** Asks many different questions once more, now that nothing changes, and compares each. */
  void checkAgain(long first, int questions, Watcher watcher) throws SQLException {
    List<Question> different =
        LongStream.range(first, first + questions)
            .mapToObj(requests::questionNumber)
            .distinct()
            .toList();
    int done = 0;
    for (Question question : different) {
      truth.compare(question, () -> question.ask(forReads));
      watcher.at(++done, (double) done / different.size());
    }
  }

  private static void await(Future<?> visit, Runnable meanwhile) throws InterruptedException {
    while (true) {
      try {
        visit.get(200, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException stillGoing) {
        meanwhile.run();
      } catch (ExecutionException broken) {
        throw new IllegalStateException("a visitor stopped", broken.getCause());
      }
    }
  }

  private static double share(Length length, AtomicLong next, long first, long start) {
    double share =
        length instanceof Length.For time
            ? (double) (System.nanoTime() - start) / time.time().toNanos()
            : (double) (next.get() - first) / ((Length.Exactly) length).requests();
    return Math.min(share, 1);
  }

  private static Result sum(List<Visitor> visitors, Duration elapsed) {
    LatencyRecorder latency = new LatencyRecorder();
    long requests = 0;
    long reads = 0;
    long hits = 0;
    long failures = 0;
    SQLException firstFailure = null;
    for (Visitor visitor : visitors) {
      latency.add(visitor.latency);
      requests += visitor.requests;
      reads += visitor.reads;
      hits += visitor.hits;
      failures += visitor.failures;
      firstFailure = firstFailure == null ? visitor.firstFailure : firstFailure;
    }
    return new Result(requests, elapsed, latency, reads, hits, failures, firstFailure);
  }

  /** One thread's share of the work. */
  private final class Visitor implements Runnable {
    private final AtomicLong next;
    private final long first;
    private final long start;
    private final Length length;
    private final LatencyRecorder latency = new LatencyRecorder();
    private long requests;
    private long reads;
    private long hits;
    private long failures;
    private @Nullable SQLException firstFailure;

    Visitor(AtomicLong next, long first, long start, Length length) {
      this.next = next;
      this.first = first;
      this.start = start;
      this.length = length;
    }

    @Override
    public void run() {
      while (!timeIsUp()) {
        long n = next.getAndIncrement();
        if (length instanceof Length.Exactly exactly && n - first >= exactly.requests()) {
          return;
        }
        try {
          Request request = Workload.this.requests.number(n);
          if (request instanceof Request.Write write) {
            write(write.change());
          } else if (request instanceof Request.Read read) {
            read(read.question(), n % READS_PER_CHECK == 0);
          }
        } catch (SQLException failure) {
          failures++;
          firstFailure = firstFailure == null ? failure : firstFailure;
        }
        requests++;
      }
    }

    private boolean timeIsUp() {
      return length instanceof Length.For time
          && System.nanoTime() - start >= time.time().toNanos();
    }

    private void read(Question question, boolean check) throws SQLException {
      if (check) {
        truth.compare(question, () -> timed(question));
      } else {
        timed(question);
      }
    }

    private Question.Answer timed(Question question) throws SQLException {
      long sentBefore = statements.countOfThisThread();
      long asked = System.nanoTime();
      Question.Answer answer = question.ask(forReads);
      latency.record(System.nanoTime() - asked);
      reads++;
      hits += statements.countOfThisThread() == sentBefore ? 1 : 0;
      return answer;
    }

    private void write(Change change) throws SQLException {
      Lock writing = truth.writing();
      writing.lock();
      try {
        long asked = System.nanoTime();
        transact(change);
        latency.record(System.nanoTime() - asked);
      } finally {
        writing.unlock();
      }
    }

    private void transact(Change change) throws SQLException {
      try (Connection connection = forWrites.getConnection()) {
        connection.setAutoCommit(false);
        try {
          change.send(connection);
          if (change.abandoned()) {
            connection.rollback();
          } else {
            connection.commit();
          }
        } catch (SQLException failure) {
          connection.rollback();
          throw failure;
        } finally {
          connection.setAutoCommit(true);
        }
      }
    }
  }
}
