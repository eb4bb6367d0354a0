package dev.larder.jdbc.internal.source;

import dev.larder.invalidation.concurrent.DaemonThreads;
import dev.larder.invalidation.ledger.Reach;
import dev.larder.invalidation.source.SourceSession;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;
import org.postgresql.replication.ReplicationSlotInfo;

/**
 * PostgreSQL's logical replication, read through a temporary slot. Used by one thread, but for
 * {@link #definitionsChanged()}.
 */
public final class LogicalReplication implements SourceOfTables {

  /*
   * What a session must report is every change that becomes visible after connect() returned. The
   * slot decodes the commits whose record is in the log behind its consistent point. A commit
   * record is written before readers see the commit (the server may even wait for a standby in
   * between), so a commit whose record lies before that point may become visible after it, and
   * would never be reported. The snapshot that the slot exports tells which transactions have their
   * record before the point; connect() waits until all of these are over for readers too.
   *
   * The slot is temporary: the server drops it with the connection. While it waits for older
   * transactions to end, and as long as a transaction stays open later, the server keeps log for
   * it; both are watched, and a slot that would keep too much is given up.
   */

  private static final int STATUS_INTERVAL_MILLIS = 50;
  private static final int LOOK_MILLIS = 250;
  private static final long LIMBO_POLL_MILLIS = 5;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final PostgresTarget target;
  private final PostgresIdentity identity;
  private final String publication;
  private final long maxRetainedWal;
  private final Reported cells;
  private final AtomicBoolean reachMayDiffer = new AtomicBoolean();

  /**
   * @param cells what a change to a table changes in the ledger
   */
  public LogicalReplication(
      PostgresTarget target,
      PostgresIdentity identity,
      String publication,
      long maxRetainedWal,
      Reported cells) {
    this.target = target;
    this.identity = identity;
    this.publication = publication;
    this.maxRetainedWal = maxRetainedWal;
    this.cells = cells;
  }

  @Override
  public String name() {
    return "logical replication";
  }

  @Override
  public void definitionsChanged() {
    reachMayDiffer.set(true);
  }

  @Override
  public SourceSession connect() throws Exception {
    Connection sql = null;
    Connection replication = null;
    boolean connected = false;
    try {
      sql = target.open("witness");
      identity.check(sql);
      requireLogical(sql);
      String warning = Publication.ensure(sql, publication);
      replication = replication();
      String slot = "larder_" + HexFormat.of().formatHex(RANDOM.generateSeed(8));
      Retention retention = new Retention(slot, maxRetainedWal);
      ReplicationSlotInfo made = makeSlot(replication, sql, slot, retention);
      awaitLimbo(sql, made.getSnapshotName());
      PGReplicationStream stream = stream(replication, slot, made.getConsistentPoint());
      reachMayDiffer.set(false);
      Reach reach = Publication.reach(sql, publication);
      connected = true;
      return new LogicalSession(
          new LogicalSession.Connections(sql, replication, stream),
          retention,
          new ReportedTables(cells, reach, reachMayDiffer, this::sameReach),
          warning);
    } finally {
      if (!connected) {
        if (replication != null) {
          SourceTarget.abort(replication);
        }
        if (sql != null) {
          SourceTarget.close(sql);
        }
      }
    }
  }

  /** Whether the tables in reach are still the same; brings a publication of ours up to date. */
  private boolean sameReach(Connection sql, Reach reach) throws SQLException {
    try {
      Publication.ensure(sql, publication);
    } catch (SourceException gone) {
      return false;
    }
    return Publication.reach(sql, publication).equals(reach);
  }

  private static void requireLogical(Connection sql) throws SQLException, SourceException {
    try (Statement statement = sql.createStatement();
        ResultSet row = statement.executeQuery("SELECT current_setting('wal_level')")) {
      row.next();
      if (!row.getString(1).equals("logical")) {
        throw new SourceException(
            "the server's wal_level is "
                + row.getString(1)
                + ", and logical replication needs wal_level=logical: set it in postgresql.conf"
                + " (on a managed server, by its parameter for logical replication) and restart the"
                + " server, or use larder.invalidation.postgres=off");
      }
    }
  }

  private Connection replication() throws SQLException, SourceException {
    try {
      return target.replication();
    } catch (SQLException refused) {
      throw explained(refused);
    }
  }

  /** Says what to do about the refusals that every installation meets. */
  private static SourceException explained(SQLException refused) {
    String state = refused.getSQLState() == null ? "" : refused.getSQLState();
    String advice =
        switch (state) {
          case "42501" ->
              ": as a superuser run ALTER ROLE <user> REPLICATION (Amazon RDS: GRANT"
                  + " rds_replication TO <user>)";
          case "28000" -> ": pg_hba.conf must let this user in";
          case "53300" -> ": raise max_wal_senders or max_connections";
          case "53400" -> ": raise max_replication_slots";
          case "08P01" ->
              ": a pooler in between does not speak replication; set"
                  + " larder.invalidation.postgres.url to the server itself";
          default -> "";
        };
    return new SourceException(refused.getMessage() + advice, refused);
  }

  /**
   * Makes the slot on another thread, because the server may take as long over it as its oldest
   * transaction does.
   */
  private ReplicationSlotInfo makeSlot(
      Connection replication, Connection sql, String slot, Retention retention) throws Exception {
    FutureTask<ReplicationSlotInfo> making =
        new FutureTask<>(
            () ->
                replication
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .createReplicationSlot()
                    .logical()
                    .withSlotName(slot)
                    .withOutputPlugin("pgoutput")
                    .withTemporaryOption()
                    .make());
    DaemonThreads.named("larder-source-slot").newThread(making).start();
    while (true) {
      try {
        return making.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // This thread's interruption ends the wait, and with it the connection.
        retention.look(sql);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof SQLException refused) {
          throw explained(refused);
        }
        throw e;
      }
    }
  }

  private void awaitLimbo(Connection sql, @Nullable String exported)
      throws SQLException, SourceException, InterruptedException {
    if (exported == null) {
      throw new SourceException("the server exported no snapshot with the slot");
    }
    TransactionSnapshot decodedBehind = imported(sql, exported);
    while (!TransactionSnapshot.now(sql).seesAllOf(decodedBehind)) {
      TimeUnit.MILLISECONDS.sleep(LIMBO_POLL_MILLIS);
    }
  }

  private static TransactionSnapshot imported(Connection sql, String exported) throws SQLException {
    sql.setAutoCommit(false);
    try (Statement statement = sql.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      statement.execute("SET TRANSACTION SNAPSHOT '" + exported + "'");
      TransactionSnapshot snapshot = TransactionSnapshot.now(sql);
      sql.commit();
      return snapshot;
    } finally {
      sql.setAutoCommit(true);
    }
  }

  private PGReplicationStream stream(Connection replication, String slot, LogSequenceNumber from)
      throws SQLException, SourceException {
    try {
      return replication
          .unwrap(PGConnection.class)
          .getReplicationAPI()
          .replicationStream()
          .logical()
          .withSlotName(slot)
          .withStartPosition(from)
          .withSlotOption("proto_version", 1)
          .withSlotOption("publication_names", Publication.quoted(publication))
          .withStatusInterval(STATUS_INTERVAL_MILLIS, TimeUnit.MILLISECONDS)
          .start();
    } catch (SQLException refused) {
      throw explained(refused);
    }
  }

  /** How much log the server keeps for a slot. Used by one thread. */
  static final class Retention {
    private static final String SQL =
        "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), restart_lsn)::bigint"
            + " FROM pg_replication_slots WHERE slot_name = ?";
    private static final int MEGABYTE = 1 << 20;

    private final String slot;
    private final long bound;

    Retention(String slot, long bound) {
      this.slot = slot;
      this.bound = bound;
    }

    /**
     * Looks once.
     *
     * @return a warning, or null
     * @throws SourceException when it is too much to go on
     */
    @Nullable String look(Connection sql) throws SQLException, SourceException {
      long bytes = bytes(sql);
      if (bytes > bound) {
        throw new SourceException(
            "the server keeps "
                + bytes / MEGABYTE
                + " MB of write-ahead log for Larder's slot, more than"
                + " larder.invalidation.postgres.max-retained-wal allows; the slot is dropped. A"
                + " transaction that stays open, a prepared one too, or one very large change is"
                + " the usual cause");
      }
      return bytes > bound / 2
          ? "the server keeps "
              + bytes / MEGABYTE
              + " MB of write-ahead log for Larder's slot; at "
              + bound / MEGABYTE
              + " MB the slot will be dropped"
          : null;
    }

    private long bytes(Connection sql) throws SQLException {
      try (PreparedStatement statement = sql.prepareStatement(SQL)) {
        statement.setString(1, slot);
        try (ResultSet row = statement.executeQuery()) {
          return row.next() ? row.getLong(1) : 0;
        }
      }
    }
  }
}
