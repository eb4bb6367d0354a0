package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Symptom: on a busy machine first texts were not cached by the dozen, because {@code
 * larder.analysis.timeout} counted the time that passed, most of which other threads had used.
 */
class ParserOnBusyMachineTest {

  private static final int TEXTS = 40;
  private static final int BUSY_OF_PROCESSOR = 8;

  @Test
  void textsThatAreMetTogetherOnABusyMachineAreAllAnalysed() throws Exception {
    int processors = Runtime.getRuntime().availableProcessors();
    ExecutorService busy = Executors.newFixedThreadPool(BUSY_OF_PROCESSOR * processors);
    ExecutorService callers = Executors.newFixedThreadPool(TEXTS);
    try (TestDatabase database = Databases.h2();
        LarderDataSource larder = larder(database, "1s")) {
      database.execute("create table book (id int primary key, title varchar(50))");
      assertThat(larder.explain("select title from book where id = 1").reason()).isNull();
      for (int i = 0; i < BUSY_OF_PROCESSOR * processors; i++) {
        busy.submit(ParserOnBusyMachineTest::spin);
      }
      List<Callable<BypassReason>> questions = new ArrayList<>();
      for (int i = 0; i < TEXTS; i++) {
        String text = text(i);
        questions.add(() -> larder.explain(text).reason());
      }
      for (Future<BypassReason> answer : callers.invokeAll(questions, 60, TimeUnit.SECONDS)) {
        assertThat(answer.get()).isNull();
      }
    } finally {
      busy.shutdownNow();
      callers.shutdownNow();
    }
  }

  @Test
  void aParseThatWouldGoOnForEverStillEnds() throws SQLException {
    try (TestDatabase database = Databases.h2();
        LarderDataSource larder = larder(database, "20ms")) {
      database.execute("create table book (id int primary key, title varchar(50))");
      String deep =
          "select " + "(((((((((((".repeat(3) + "id" + ")))))))))))".repeat(3) + " + case when ";
      String runaway = deep + deep + "id from book where ".repeat(4);
      long began = System.nanoTime();
      assertThat(larder.explain(runaway).cached()).isFalse();
      assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(20));
      assertThat(larder.explain("select title from book where id = 1").reason()).isNull();
    }
  }

  /** Long enough that parsing takes milliseconds, and like none of the others. */
  private static String text(int number) {
    return "select title, id + "
        + "id * id + ".repeat(60 + number)
        + "id from book where id in ("
        + "?, ".repeat(100 + number)
        + "?) order by id";
  }

  private static Object spin() {
    long sum = 0;
    while (!Thread.currentThread().isInterrupted()) {
      sum += System.nanoTime();
    }
    return sum;
  }

  private static LarderDataSource larder(TestDatabase database, String timeout) {
    return LarderDataSource.builder()
        .url(database.url())
        .username(database.username())
        .password(database.password())
        .setting(Setting.ANALYSIS_TIMEOUT, timeout)
        .build();
  }
}
