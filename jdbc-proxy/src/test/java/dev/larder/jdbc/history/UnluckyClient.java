package dev.larder.jdbc.history;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.jdbc.history.Transaction.Outcome;
import dev.larder.testkit.Interception;
import dev.larder.testkit.Product;
import dev.larder.testkit.Relay;
import dev.larder.testkit.Relay.Fate;
import dev.larder.testkit.TestDatabase;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.h2.engine.SessionRemote;
import org.jspecify.annotations.Nullable;

/**
 * A client whose connection is lost at every commit: before it is sent, before it arrives, or
 * before its answer does. For one thread, and the only one behind its relay.
 */
final class UnluckyClient {

  private enum Misfortune {
    /** The connection is gone before COMMIT is sent. */
    BEFORE,
    /** The server commits, and its answer is lost. */
    REPLY_LOST,
    /** COMMIT arrives some time after the client saw the connection fail. */
    LATE,
    /** COMMIT is lost with the connection. */
    NEVER
  }

  private static final List<Misfortune> MISFORTUNES = List.of(Misfortune.values());
  private static final String NAME = "unlucky";

  private final TestDatabase database;
  private final DataSource throughRelay;
  private final Relay relay;
  private final DataSource readersSource;
  private final Registers registers;
  private Client reader;
  private Recorder recorder;
  private Random random;

  /** Lies in wait for the next commit, or for one that it missed. */
  private @Nullable Trap trap;

  private int struck;

  /**
   * An interception that tells at once whether it has caught something: the client may see its
   * connection fail a moment before the relay says so.
   */
  private static final class Trap {
    final Fate fate;
    final Interception interception;
    private final AtomicBoolean sprung = new AtomicBoolean();

    Trap(Relay relay, Predicate<byte[]> wanted, Fate fate) {
      this.fate = fate;
      this.interception =
          relay.onNext(
              bytes -> {
                boolean caught = wanted.test(bytes);
                if (caught) {
                  sprung.set(true);
                }
                return caught;
              },
              fate);
    }

    boolean hasSprung() {
      return sprung.get();
    }
  }

  UnluckyClient(
      TestDatabase database,
      DataSource throughRelay,
      Relay relay,
      DataSource readersSource,
      Registers registers,
      Client reader,
      Recorder recorder,
      Random random) {
    this.database = database;
    this.throughRelay = throughRelay;
    this.relay = relay;
    this.readersSource = readersSource;
    this.registers = registers;
    this.reader = reader;
    this.recorder = recorder;
    this.random = random;
  }

  /** Another round begins; a trap that nothing went into yet stays where it is. */
  void begin(Client reader, Recorder recorder, Random random) {
    this.reader = reader;
    this.recorder = recorder;
    this.random = random;
  }

  /** How many commits met with a misfortune. */
  int struck() {
    return struck;
  }

  /** One transaction, or one auto-commit write, that gets no answer. */
  void step() {
    List<Integer> targets = reader.targets(1 + random.nextInt(2));
    if (!registers.take(targets)) {
      LockSupport.parkNanos(200_000);
      return;
    }
    try {
      write(targets);
      readRow(targets.get(0));
      read(targets.get(0));
    } catch (SQLException e) {
      recorder.failed(NAME, e);
    } finally {
      registers.release(targets);
    }
  }

  private void write(List<Integer> targets) throws SQLException {
    Misfortune misfortune = MISFORTUNES.get(random.nextInt(MISFORTUNES.size()));
    Connection connection;
    try {
      connection = throughRelay.getConnection();
    } catch (SQLException broken) {
      // An earlier misfortune cut this connection too: nothing was sent.
      return;
    }
    try {
      if (misfortune != Misfortune.BEFORE && random.nextInt(3) == 0) {
        autoCommit(connection, misfortune, targets.get(0));
      } else {
        transaction(connection, misfortune, targets);
      }
    } finally {
      closeQuietly(connection);
      clear();
    }
  }

  private void autoCommit(Connection connection, Misfortune misfortune, int register)
      throws SQLException {
    Recorder.Open open = recorder.begin(NAME, Level.AUTO_COMMIT);
    long value = registers.draw(register);
    open.add(new Step.Write(registers.tick(), register, value));
    String sql = "update " + Registers.table(register) + " set n = ? where id = ?";
    boolean sent = false;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, value);
      statement.setInt(2, Registers.row(register));
      arm(misfortune, "set n = ");
      open.committing();
      sent = true;
      statement.executeUpdate();
      open.ended(Outcome.COMMITTED);
    } catch (SQLException lost) {
      if (!sent) {
        open.ended(Outcome.ROLLED_BACK);
        return;
      }
      ended(
          open,
          () -> {
            Outcome outcome = outcome(misfortune, register, value);
            // The answer that nobody got may have been that of a deadlock.
            return outcome == Outcome.COMMITTED ? ask(register, value) : outcome;
          });
    }
  }

  private void transaction(Connection connection, Misfortune misfortune, List<Integer> targets)
      throws SQLException {
    Level level = random.nextBoolean() ? Level.READ_COMMITTED : Level.REPEATABLE_READ;
    Recorder.Open open = recorder.begin(NAME, level);
    try {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(level.jdbc);
      for (int register : targets) {
        long value = registers.draw(register);
        open.add(new Step.Write(registers.tick(), register, value));
        Client.run(
            connection,
            "update " + Registers.table(register) + " set n = ? where id = ?",
            value,
            Registers.row(register));
      }
      open.add(Query.any(random, targets.get(0)).run(connection, registers));
    } catch (SQLException broken) {
      // An earlier misfortune cut this connection too: COMMIT was not sent.
      open.ended(Outcome.ROLLED_BACK);
      return;
    }
    if (misfortune == Misfortune.BEFORE) {
      relay.cut();
      struck++;
    } else {
      arm(
          misfortune,
          switch (database.product()) {
            case MARIADB -> "\3COMMIT";
            // Newer servers take attributes before the text.
            case MYSQL -> database.url().startsWith("jdbc:mysql:") ? "commit" : "\3COMMIT";
            case POSTGRESQL, H2 -> "\0COMMIT\0";
          });
    }
    open.committing();
    try {
      connection.commit();
      open.ended(Outcome.COMMITTED);
    } catch (SQLException lost) {
      Step.Write first = (Step.Write) open.first();
      ended(open, () -> outcome(misfortune, first.register(), first.value()));
    }
  }

  /** What became of a write, where that can be found out at all. */
  private interface Told {
    Outcome outcome() throws SQLException;
  }

  /** Who finds it out may meet a deadlock or a time limit: nobody knows then, but it was sent. */
  private static void ended(Recorder.Open open, Told told) throws SQLException {
    Outcome outcome = Outcome.UNKNOWN;
    try {
      outcome = told.outcome();
    } finally {
      open.ended(outcome);
    }
  }

  private void arm(Misfortune misfortune, String text) {
    if (trap == null) {
      trap =
          new Trap(
              relay,
              database.product() == Product.H2 ? UnluckyClient::h2Update : Relay.containing(text),
              misfortune == Misfortune.REPLY_LOST ? Fate.FORWARD_THEN_CUT : Fate.KEEP_THEN_CUT);
    }
  }

  /**
   * H2's protocol executes what was prepared before by its number, and sends no text then. Commands
   * that were closed meanwhile go before it.
   */
  private static boolean h2Update(byte[] bytes) {
    ByteBuffer message = ByteBuffer.wrap(bytes);
    while (message.remaining() >= 8) {
      int operation = message.getInt();
      message.getInt();
      if (operation != SessionRemote.COMMAND_CLOSE) {
        return operation == SessionRemote.COMMAND_EXECUTE_UPDATE;
      }
    }
    return false;
  }

  /** What became of a commit that failed: the relay knows. */
  private Outcome outcome(Misfortune misfortune, int register, long value) throws SQLException {
    Trap sprung = trap;
    if (misfortune == Misfortune.BEFORE) {
      return Outcome.ROLLED_BACK;
    }
    if (sprung == null || !sprung.hasSprung()) {
      return ask(register, value);
    }
    struck++;
    Interception caught = sprung.interception;
    try {
      if (sprung.fate == Fate.FORWARD_THEN_CUT) {
        caught.awaitServerReply();
        return Outcome.COMMITTED;
      }
      // Meanwhile others read, and Larder asks the server.
      for (int i = random.nextInt(4); i >= 0; i--) {
        read(register);
        LockSupport.parkNanos(random.nextInt(25_000_000));
      }
      // Whoever takes the commit for over by now keeps the row as it was, and has it read again.
      readRow(register);
      if (misfortune == Misfortune.LATE) {
        caught.deliver();
        return Outcome.COMMITTED;
      }
      caught.discard();
      return Outcome.ROLLED_BACK;
    } catch (CompletionException slow) {
      return ask(register, value);
    }
  }

  /** What was caught besides is let go, so that its transaction ends. */
  private void clear() {
    Trap sprung = trap;
    if (sprung != null && sprung.hasSprung()) {
      sprung.interception.discard();
      trap = null;
    }
  }

  /** Waits until the server has let go of the row, and looks. */
  private Outcome ask(int register, long value) throws SQLException {
    try (Connection raw = database.connect();
        Statement statement = raw.createStatement()) {
      raw.setAutoCommit(false);
      try (ResultSet row =
          statement.executeQuery(
              "select n from %s where id = %d for update"
                  .formatted(Registers.table(register), Registers.row(register)))) {
        row.next();
        return row.getLong(1) == value ? Outcome.COMMITTED : Outcome.ROLLED_BACK;
      } finally {
        raw.rollback();
      }
    }
  }

  private void read(int register) throws SQLException {
    try (Connection connection = readersSource.getConnection()) {
      reader.reads(connection, register);
    }
  }

  /** Nobody else writes the row meanwhile, so that what is kept of it stays. */
  private void readRow(int register) throws SQLException {
    try (Connection connection = readersSource.getConnection()) {
      reader.readRow(connection, register);
    }
  }

  private void closeQuietly(Connection connection) {
    if (throughRelay instanceof HikariDataSource pool) {
      // A plain pool does not know H2's word for a connection that is gone.
      pool.evictConnection(connection);
      return;
    }
    try {
      connection.close();
    } catch (SQLException e) {
      // H2's driver says once more that the connection is gone.
    }
  }
}
