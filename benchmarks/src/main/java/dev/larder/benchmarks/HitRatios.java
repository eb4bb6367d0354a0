package dev.larder.benchmarks;

import dev.larder.benchmarks.workload.Client;
import dev.larder.benchmarks.workload.PublishedWorkload;
import dev.larder.benchmarks.workload.StatementListener;
import dev.larder.jdbc.Explanation;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which share of a public workload's reads memory answers, from the first read on, beside what it
 * could: by an oracle that forgets exactly the answers that have changed, and by one that forgets
 * whatever reads a table that was written. Immutable; used by one thread.
 *
 * <p>One client, so that what both oracles would do follows from the answers as they come: a read
 * is the oracle's hit if it was asked before and was answered the same. So an answer that changed
 * and changed back is the oracle's, and so is one that only its own transaction sees: it knows more
 * than any cache that is right can.
 *
 * <p>Run it with {@code mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.only=hit-ratio/tpcc}.
 *
 * @param transactions how many the client makes
 */
record HitRatios(int transactions) {

  private static final int TEXTS_SHOWN = 5;

  static HitRatios of(Length length) {
    return switch (length) {
      case SMOKE -> new HitRatios(100);
      case SHORT -> new HitRatios(10_000);
      case LONG -> new HitRatios(50_000);
    };
  }

  /** A query as an application asks it. */
  private record Question(String sql, List<Object> parameters) {}

  /** What was answered last. */
  private record Answer(int rows, long moment) {}

  /** What both oracles would have had in memory. Used by one thread. */
  private static final class Oracles implements StatementListener {
    private final LarderDataSource larder;
    private final Map<Question, Answer> answers = new HashMap<>();
    private final Map<String, Explanation> explained = new HashMap<>();
    private final Map<String, Long> written = new HashMap<>();
    private final Map<String, Integer> lost = new HashMap<>();
    private long hits;
    private long reads;
    private long unchanged;
    private long unwritten;

    Oracles(LarderDataSource larder) {
      this.larder = larder;
    }

    @Override
    public void answered(String sql, List<Object> parameters, List<@Nullable Object[]> rows)
        throws SQLException {
      Question question = new Question(sql, parameters);
      int hash = Arrays.deepHashCode(rows.toArray());
      Answer before = answers.put(question, new Answer(hash, ++reads));
      boolean isHit = hits < (hits = larder.statistics().hits());
      if (before == null) {
        return;
      }
      boolean isUnchanged = before.rows == hash;
      unchanged += isUnchanged ? 1 : 0;
      if (isUnchanged && !isHit) {
        lost.merge(sql, 1, Integer::sum);
      }
      Explanation explanation = explained(sql);
      boolean isWritten =
          explanation.tables().stream()
              .anyMatch(table -> written.getOrDefault(table, 0L) >= before.moment);
      unwritten += explanation.cached() && !isWritten ? 1 : 0;
    }

    @Override
    public void wrote(String sql) throws SQLException {
      Explanation explanation = explained(sql);
      if (!sql.startsWith("select")) {
        explanation.tables().forEach(table -> written.put(table, reads));
      }
    }

    private void print(PrintStream out) {
      lost.entrySet().stream()
          .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
          .limit(TEXTS_SHOWN)
          .forEach(each -> out.printf("%n  lost %d: %s", each.getValue(), each.getKey()));
      out.println();
    }

    private Explanation explained(String sql) throws SQLException {
      Explanation known = explained.get(sql);
      if (known == null) {
        known = larder.explain(sql);
        explained.put(sql, known);
      }
      return known;
    }
  }

  /**
   * Each as a share of all reads that lock nothing.
   *
   * @param out where the texts are printed of which most unchanged answers were not in memory
   */
  List<Figure> measure(Supplier<PublishedWorkload> maker, PrintStream out) throws SQLException {
    PublishedWorkload workload = maker.get();
    try (TestDatabase database = Databases.fresh(Product.POSTGRESQL);
        Connection truth = database.connect()) {
      WorkloadSide.create(workload, truth);
      Target target =
          new Target(database.product(), database.url(), database.username(), database.password());
      try (Side.Opened opened = Side.LARDER.open(target)) {
        Oracles oracles = new Oracles(opened.requireLarder());
        Client client = new Client(workload, opened.dataSource(), 0, oracles);
        for (int i = 0; i < transactions; i++) {
          client.transaction();
        }
        oracles.print(out);
        double reads = oracles.reads;
        double hits = opened.requireLarder().statistics().hits() / reads;
        double oracle = oracles.unchanged / reads;
        String name = "hit-ratio/" + workload.name() + "/";
        return List.of(
            new Figure(name + "by whole tables", oracles.unwritten / reads, "of reads"),
            new Figure(name + "Larder", hits, "of reads"),
            new Figure(name + "oracle", oracle, "of reads"),
            new Figure(name + "of the oracle's", oracle == 0 ? 1 : hits / oracle, "ratio"));
      }
    }
  }
}
