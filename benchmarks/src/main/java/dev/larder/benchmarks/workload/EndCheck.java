package dev.larder.benchmarks.workload;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;

/**
 * The truth about a workload's rows, by a connection of the driver alone: what was committed is
 * there, the conditions of the benchmark hold, and the last questions have the same answers on the
 * side that was measured. For one thread.
 */
public final class EndCheck {
  private static final int SHOWN = 1_000;

  private final PublishedWorkload workload;
  private final Connection truth;
  private final long before;

  /** To be made before the first transaction, after the tables. */
  public EndCheck(PublishedWorkload workload, Connection truth) throws SQLException {
    this.workload = workload;
    this.truth = truth;
    this.before = number(workload.total());
  }

  /** What is wrong, when all clients have ended. */
  public List<String> faults(DataSource side, List<Client> clients) throws SQLException {
    List<String> faults = new ArrayList<>();
    long expected = before + clients.stream().mapToLong(Client::total).sum();
    long found = number(workload.total());
    if (found != expected) {
      faults.add(workload.total() + " is " + found + " and should be " + expected);
    }
    for (PublishedWorkload.Invariant invariant : workload.invariants()) {
      long violations = number(invariant.countOfViolations());
      if (violations != 0) {
        faults.add(invariant.name() + ": violated " + violations + " times");
      }
    }
    for (Client client : clients) {
      compare(side, client, faults);
    }
    return faults;
  }

  private void compare(DataSource side, Client client, List<String> faults) throws SQLException {
    try (Connection connection = side.getConnection()) {
      for (Questions.Question question : client.asked().last()) {
        List<String> given = answer(connection, question);
        List<String> right = answer(truth, question);
        if (!given.equals(right)) {
          faults.add(shown(question) + ": " + shown(given) + " and should be " + shown(right));
        }
      }
    }
  }

  /* In an order of its own: not every query of a benchmark asks for one. */
  private static List<String> answer(Connection connection, Questions.Question question)
      throws SQLException {
    Session session = new Session(connection, new Questions(StatementListener.NONE));
    return session
        .rows(question.columns(), question.sql(), question.parameters().toArray())
        .stream()
        .map(Arrays::toString)
        .sorted()
        .toList();
  }

  private static String shown(Object whole) {
    String text = whole.toString();
    return text.substring(0, Math.min(SHOWN, text.length()));
  }

  private long number(String query) throws SQLException {
    try (Statement statement = truth.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }
}
