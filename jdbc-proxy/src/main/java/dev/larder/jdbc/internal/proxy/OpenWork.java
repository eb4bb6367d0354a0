package dev.larder.jdbc.internal.proxy;

import dev.larder.invalidation.ledger.OpenCommit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a connection's statements have left open: commits that the server may still be at work on,
 * and results that a replica still sends. Made only where something is. Thread-safe: whoever aborts
 * the connection ends it all.
 */
final class OpenWork {

  /**
   * A statement's commit.
   *
   * @param statement null for what is not run by a statement
   * @param endsWithResult whether it is over when its one result is read
   */
  private record Commit(OpenCommit open, @Nullable Statement statement, boolean endsWithResult) {}

  private List<Commit> commits = List.of();
  private List<ResultSet> elsewhere = List.of();
  private @Nullable OpenCommit unwrapped;

  synchronized void hold(OpenCommit open, @Nullable Statement statement, boolean endsWithResult) {
    List<Commit> more = new ArrayList<>(commits);
    more.add(new Commit(open, statement, endsWithResult));
    commits = more;
  }

  synchronized boolean hasCommits() {
    return !commits.isEmpty();
  }

  /** Ends what a statement whose result is closed has kept open. */
  void endOf(Statement statement) {
    take(c -> c.statement() == statement && c.endsWithResult()).forEach(OpenCommit::end);
  }

  /** All of them, which are the caller's to end. */
  List<OpenCommit> takeCommits() {
    return take(c -> true);
  }

  private synchronized List<OpenCommit> take(Predicate<Commit> which) {
    if (commits.isEmpty()) {
      return List.of();
    }
    List<OpenCommit> taken = commits.stream().filter(which).map(Commit::open).toList();
    commits = commits.stream().filter(which.negate()).toList();
    return taken;
  }

  /** Everything may be written through an object of the driver's, until this is over. */
  synchronized void unwrapped(OpenCommit open) {
    unwrapped = open;
  }

  synchronized boolean isUnwrapped() {
    return unwrapped != null;
  }

  synchronized @Nullable OpenCommit takeUnwrapped() {
    OpenCommit taken = unwrapped;
    unwrapped = null;
    return taken;
  }

  /** Remembers a result that another node still sends. */
  synchronized void readsElsewhere(ResultSet result) {
    List<ResultSet> open = new ArrayList<>(elsewhere);
    open.removeIf(OpenWork::isOver);
    open.add(result);
    elsewhere = open;
  }

  private static boolean isOver(ResultSet result) {
    try {
      return result.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  void closeElsewhere() throws SQLException {
    List<ResultSet> open;
    synchronized (this) {
      open = elsewhere;
    }
    for (ResultSet result : open) {
      result.close();
    }
  }
}
