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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which share of a public workload's reads memory answers, from the first read on, beside what it
 * could: by an oracle that forgets exactly the answers that have changed, and by one that forgets
 * whatever reads a table that was written. Immutable; used by one thread.
 *
 * <p>One client, so that what both oracles would do follows from the answers as they come. A read
 * is the first one's hit if it was asked before, is answered the same, and was answered the same
 * after each transaction in between: those are looked for among the queries of a written table that
 * share a parameter that not many do with a statement that wrote it, or have none. What is missed
 * so counts for the oracle.
 *
 * <p>Run it with {@code mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.only=hit-ratio/tpcc}.
 *
 * @param transactions how many the client makes
 */
record HitRatios(int transactions) {

  private static final int TEXTS_SHOWN = 5;

  /** Stands for the parameter of a query that has none. */
  private static final Object NO_PARAMETER = "none";

  /** What more queries share says little. */
  private static final int MOST_ASKED_AGAIN = 100;

  private static final Set<Question> NO_QUESTIONS = Set.of();

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
  private record Answer(int rows, int inAnyOrder, int columns, long moment) {

    static int inAnyOrder(List<@Nullable Object[]> rows) {
      return rows.stream().mapToInt(Arrays::deepHashCode).sum();
    }
  }

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
    private long alike;
    private long unwritten;

    /** The queries that were asked, by each of their parameters. */
    private final Map<Object, Set<Question>> byParameter = new HashMap<>();

    /** Those of which the answer has changed since. */
    private final Set<Question> changed = new HashSet<>();

    /** What the transaction has written, until it has ended. */
    private final Set<String> tables = new HashSet<>();

    private final Set<Object> parameters = new HashSet<>();

    Oracles(LarderDataSource larder) {
      this.larder = larder;
    }

    @Override
    public void answered(String sql, List<Object> parameters, List<@Nullable Object[]> rows)
        throws SQLException {
      Question question = new Question(sql, parameters);
      int hash = Arrays.deepHashCode(rows.toArray());
      int columns = rows.isEmpty() ? 0 : rows.get(0).length;
      Answer before =
          answers.put(question, new Answer(hash, Answer.inAnyOrder(rows), columns, ++reads));
      boolean hasChanged = changed.remove(question);
      boolean isHit = hits < (hits = larder.statistics().hits());
      if (before == null) {
        parameters(question)
            .forEach(
                each -> byParameter.computeIfAbsent(each, any -> new HashSet<>()).add(question));
        return;
      }
      alike += before.rows == hash ? 1 : 0;
      boolean isUnchanged = before.rows == hash && !hasChanged;
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
    public void wrote(String sql, List<Object> bound) throws SQLException {
      Explanation explanation = explained(sql);
      if (!sql.startsWith("select")) {
        explanation.tables().forEach(table -> written.put(table, reads));
        tables.addAll(explanation.tables());
        bound.forEach(each -> parameters.add(comparable(each)));
        parameters.add(NO_PARAMETER);
      }
    }

    private static List<Object> parameters(Question question) {
      return question.parameters.isEmpty()
          ? List.of(NO_PARAMETER)
          : question.parameters.stream().map(Oracles::comparable).toList();
    }

    private static Object comparable(Object parameter) {
      return parameter instanceof Integer number ? (Object) number.longValue() : parameter;
    }

    /** A transaction has ended: asks again what it may have changed. */
    void ended(Connection truth) throws SQLException {
      for (Object parameter : parameters) {
        Set<Question> sharing = byParameter.getOrDefault(parameter, Set.of());
        for (Question question : sharing.size() > MOST_ASKED_AGAIN ? NO_QUESTIONS : sharing) {
          boolean isOfTables = explained(question.sql).tables().stream().anyMatch(tables::contains);
          if (isOfTables && !changed.contains(question) && hasChanged(question, truth)) {
            changed.add(question);
          }
        }
      }
      parameters.clear();
      tables.clear();
    }

    private boolean hasChanged(Question question, Connection truth) throws SQLException {
      Answer known = Objects.requireNonNull(answers.get(question));
      List<@Nullable Object[]> rows = new ArrayList<>();
      try (PreparedStatement statement = truth.prepareStatement(question.sql)) {
        for (int i = 0; i < question.parameters.size(); i++) {
          statement.setObject(i + 1, question.parameters.get(i));
        }
        try (ResultSet result = statement.executeQuery()) {
          while (result.next()) {
            @Nullable Object[] row = new Object[known.columns];
            for (int column = 0; column < row.length; column++) {
              row[column] = result.getObject(column + 1);
            }
            rows.add(row);
          }
        }
      }
      return Answer.inAnyOrder(rows) != known.inAnyOrder;
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
          oracles.ended(truth);
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
            new Figure(name + "alike when asked again", oracles.alike / reads, "of reads"),
            new Figure(name + "of the oracle's", oracle == 0 ? 1 : hits / oracle, "ratio"));
      }
    }
  }
}
