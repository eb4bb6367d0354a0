package dev.larder.conformance;

import dev.larder.conformance.probe.Probes;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Puts subjects to probes. Stateless and safe for use by several threads. */
public final class Suite {

  private static final long LONGEST_STORY_SECONDS = 30;

  private Suite() {}

  /** Every probe, in the order of the report. */
  public static List<Probe> probes() {
    return Probes.ALL;
  }

  /** Tells one story on a fresh database. */
  public static Verdict verdict(Subject subject, Probe probe, Product product) {
    if (!probe.products().contains(product)) {
      return notAFeatureOf(product);
    }
    try (TestDatabase database = Databases.fresh(product)) {
      return bounded(subject, probe, database);
    }
  }

  static Verdict notAFeatureOf(Product product) {
    return new Verdict.NotApplicable("not a feature of " + product);
  }

  private static Verdict bounded(Subject subject, Probe probe, TestDatabase database) {
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    Thread teller =
        new Thread(() -> verdict.complete(tell(subject, probe, database)), probe.name());
    teller.setDaemon(true);
    teller.start();
    try {
      return verdict.get(LONGEST_STORY_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      e.setStackTrace(teller.getStackTrace());
      return new Verdict.Broken(e);
    } catch (ExecutionException e) {
      return new Verdict.Broken(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.Broken(e);
    }
  }

  /** A subject may throw anything; whatever it is, it becomes the verdict. */
  private static Verdict tell(Subject subject, Probe probe, TestDatabase database) {
    try (Story story = open(database, subject, probe)) {
      try {
        probe.tell(story);
      } catch (WrongAnswer wrong) {
        return wrong.verdict();
      } catch (Story.NotHere notHere) {
        return notHere.verdict();
      } catch (SQLFeatureNotSupportedException notInTheSubject) {
        return new Verdict.NotApplicable("not supported: " + notInTheSubject.getMessage());
      }
      String notCached = story.notCached();
      return notCached == null ? new Verdict.Passed() : new Verdict.NotCached(notCached);
    } catch (Throwable broken) {
      return new Verdict.Broken(broken);
    }
  }

  private static Story open(TestDatabase database, Subject subject, Probe probe)
      throws SQLException {
    return new Story(database, subject, probe.writers());
  }
}
