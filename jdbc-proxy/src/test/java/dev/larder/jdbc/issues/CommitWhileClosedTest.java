package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * A commit that another thread's close or abort overtakes fails, or is one: it never answers as if
 * there had been nothing to commit.
 */
final class CommitWhileClosedTest {

  private static final int ROUNDS = 3_000;
  private static final int LONGEST_SPIN = 400;

  private static final String URL = "jdbc:h2:mem:commit-while-closed";

  @Test
  void whatWasSaidToBeCommittedIsInTheDatabase() throws Exception {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    System.out.println("-Dlarder.test.seed=" + seed);
    Random random = new Random(seed);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Connection direct = DriverManager.getConnection(URL);
        Statement statement = direct.createStatement();
        LarderDataSource larder = LarderDataSource.builder().url(URL).build()) {
      statement.execute("create table register (id int primary key, version int)");
      statement.execute("insert into register values (1, 0)");
      int committed = 0;
      for (int round = 1; round <= ROUNDS; round++) {
        if (isCommitted(larder, other, random, round)) {
          committed++;
          assertThat(version(statement)).as("round " + round).isEqualTo(round);
        }
      }
      assertThat(committed).isPositive();
    } finally {
      other.shutdownNow();
    }
  }

  private static boolean isCommitted(
      LarderDataSource larder, ExecutorService other, Random random, int round) throws Exception {
    boolean byAutoCommit = random.nextBoolean();
    boolean abort = random.nextInt(4) == 0;
    int mine = random.nextInt(LONGEST_SPIN);
    int theirs = random.nextInt(LONGEST_SPIN);
    AtomicBoolean begun = new AtomicBoolean();
    Future<?> ending;
    boolean committed = true;
    try (Connection connection = larder.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement update =
          connection.prepareStatement("update register set version = ? where id = 1")) {
        update.setInt(1, round);
        update.executeUpdate();
      }
      ending =
          other.submit(
              () -> {
                while (!begun.get()) {
                  Thread.onSpinWait();
                }
                spin(theirs);
                if (abort) {
                  connection.abort(Runnable::run);
                } else {
                  connection.close();
                }
                return true;
              });
      begun.set(true);
      spin(mine);
      if (byAutoCommit) {
        connection.setAutoCommit(true);
      } else {
        connection.commit();
      }
    } catch (SQLException overtaken) {
      assertThat(overtaken.getSQLState()).as(overtaken.toString()).isNotNull();
      return false;
    }
    ending.get();
    return committed;
  }

  private static void spin(int times) {
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("select version from register where id = 1")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
