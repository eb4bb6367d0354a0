package dev.larder.jdbc.internal.source.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.invalidation.ledger.Reach;
import dev.larder.invalidation.source.SourceSession;
import dev.larder.jdbc.internal.source.SourceException;
import dev.larder.jdbc.internal.source.SourceOfTables;
import dev.larder.jdbc.internal.source.SourceTarget;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The binary log of a MySQL or MariaDB server, read as a replica would. Used by one thread, but for
 * {@link #definitionsChanged()}.
 */
public final class BinaryLog implements SourceOfTables {

  /** ER_SPECIFIC_ACCESS_DENIED_ERROR. */
  private static final int LACKS_PRIVILEGE = 1227;

  private static final String MARIADB = "mariadb";

  /** What MariaDB's driver puts before each message, and what makes each another one. */
  private static final Pattern CONNECTION = Pattern.compile("^\\(conn=\\d+\\) ");

  private final BinlogTarget target;
  private final DatabaseIdentity database;
  private final LoggedRows cells;
  private final Duration quarantine;
  private final AtomicBoolean reachMayDiffer = new AtomicBoolean();

  /**
   * @param cells what written rows change in the ledger
   * @param quarantine for how long a transaction may be unseen after its XA COMMIT is in the log
   */
  public BinaryLog(
      BinlogTarget target, DatabaseIdentity database, LoggedRows cells, Duration quarantine) {
    this.target = target;
    this.database = database;
    this.cells = cells;
    this.quarantine = quarantine;
  }

  @Override
  public String name() {
    return "binary log";
  }

  @Override
  public void definitionsChanged() {
    reachMayDiffer.set(true);
  }

  @Override
  public SourceSession connect() throws Exception {
    Connection sql = null;
    LogStream stream = null;
    boolean connected = false;
    try {
      sql = target.open("witness");
      ServerLog log = database.product().equals(MARIADB) ? new MariaDbLog() : new MySqlLog();
      requireSameDatabase(log.identity(sql));
      String warning = looked(log, sql);
      BinaryLogClient client = target.client(sql);
      log.begin(sql, client);
      // Asked for behind the beginning: an XA COMMIT before it that is not seen yet has begun.
      XaCommits commits = new XaCommits(sql);
      boolean mayHideXa = commits.mayBeUnderWay();
      stream = LogStream.open(client, target.answerMillis());
      // Before anything else is asked: whoever is refused is told why by the stream.
      Event first = first(stream);
      requireSameServer(sql, stream.connectionId());
      reachMayDiffer.set(false);
      Reach reach = InnoDbTables.read(sql);
      connected = true;
      BinlogSession.Connections connections = new BinlogSession.Connections(sql, stream, log);
      BinlogSession session =
          new BinlogSession(
              connections,
              cells,
              new WrittenTables(reach, reachMayDiffer),
              new XaBranches(commits, quarantine, mayHideXa),
              warning);
      session.beginWith(first);
      return session;
    } finally {
      if (!connected) {
        if (stream != null) {
          stream.close();
        }
        if (sql != null) {
          SourceTarget.abort(sql);
        }
      }
    }
  }

  private void requireSameDatabase(String here) throws SourceException {
    if (!here.equals(database.value())) {
      throw new SourceException(
          "the source leads to the server "
              + here
              + " but the DataSource to "
              + database.value()
              + ": name the server that the DataSource reads from in"
              + " larder.invalidation.mysql.url");
    }
  }

  private static @Nullable String looked(ServerLog log, Connection sql)
      throws SQLException, SourceException {
    try {
      return log.look(sql);
    } catch (SQLException refused) {
      if (refused.getErrorCode() == LACKS_PRIVILEGE) {
        throw new SourceException(
            CONNECTION.matcher(String.valueOf(refused.getMessage())).replaceFirst("")
                + ": run GRANT REPLICATION CLIENT, REPLICATION SLAVE ON *.* TO <user> (MariaDB:"
                + " GRANT BINLOG MONITOR, REPLICATION SLAVE ON *.* TO <user>)",
            refused);
      }
      throw refused;
    }
  }

  /** The first event tells where the stream begins, or why there is none. */
  private Event first(LogStream stream) throws Exception {
    long began = System.nanoTime();
    while (true) {
      Event event = stream.next(10);
      if (event != null) {
        return event;
      }
      if (System.nanoTime() - began > Duration.ofMillis(target.answerMillis()).toNanos()) {
        throw new SourceException("the server does not begin to send its binary log");
      }
    }
  }

  /** A proxy between may lead two connections to two servers. */
  private static void requireSameServer(Connection sql, long connectionId)
      throws SQLException, SourceException {
    try (Statement statement = sql.createStatement();
        ResultSet rows = statement.executeQuery("SHOW PROCESSLIST")) {
      while (rows.next()) {
        if (rows.getLong("Id") == connectionId) {
          return;
        }
      }
    }
    throw new SourceException(
        "the stream of the binary log comes from another server than the source's other"
            + " connection: name one server in larder.invalidation.mysql.url");
  }
}
