package dev.larder.jdbc.internal.source;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.OpenCommit;
import dev.larder.invalidation.ledger.Reach;
import dev.larder.invalidation.source.ChangeSink;
import dev.larder.invalidation.source.SourceSession;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** One replication stream. Used by one thread, but for {@link #close()}. */
final class LogicalSession implements SourceSession {

  /*
   * Events come too early as often as too late. The walsender sends a commit as soon as its record
   * is on disk; readers see it when the committing process has taken itself off the list of running
   * transactions, after that. A fill that starts in between reads the old rows, and no other event
   * follows. So an event opens its cells and a second connection, the witness, is asked for a
   * snapshot until the transaction is over in it; only then are they closed.
   *
   * A mark is a position in the log: the end of what was inserted when it was asked for, so behind
   * every commit that anybody has seen. The walsender's keepalives carry the position up to which
   * all has been decoded and sent. The last stretch may never be flushed on an idle server (an
   * uncommitted insert, an asynchronous commit), and what is not flushed is not sent: if a mark is
   * still out when the next one is asked for, an empty message is committed to the log, which
   * flushes all before it.
   *
   * readPending() and a status message every 50 ms, rather than read(): a blocking read sends
   * nothing while it waits, and the walsender of PostgreSQL 16 and newer can miss a wake-up until
   * something comes from the client.
   */

  private static final int LONGEST_STRETCH = 1_000;
  private static final long RETENTION_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What it talks through. */
  record Connections(Connection witness, Connection replication, PGReplicationStream stream) {}

  /** A position that the stream has to pass. */
  private record Mark(long number, long position) {}

  /** A commit that some readers may not see yet. */
  private record Arriving(int transaction, OpenCommit commit) {}

  private final Connections connections;
  private final LogicalReplication.Retention retention;
  private final ReportedTables tables;
  private final @Nullable String standingWarning;
  private final PgOutput output = new PgOutput();
  private final PreparedStatement positionQuery;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private final List<Arriving> arriving = new ArrayList<>();
  private long retentionLookedAt;

  LogicalSession(
      Connections connections,
      LogicalReplication.Retention retention,
      ReportedTables tables,
      @Nullable String standingWarning)
      throws SQLException {
    this.connections = connections;
    this.retention = retention;
    this.tables = tables;
    this.standingWarning = standingWarning;
    this.positionQuery =
        connections.witness.prepareStatement("SELECT pg_current_wal_insert_lsn()::text");
    this.retentionLookedAt = System.nanoTime();
  }

  @Override
  public Reach reach() {
    return tables.reach();
  }

  @Override
  public void read(ChangeSink sink) throws Exception {
    PGReplicationStream stream = connections.stream;
    for (int taken = 0; taken < LONGEST_STRETCH; taken++) {
      ByteBuffer message = stream.readPending();
      if (message == null) {
        break;
      }
      PgOutput.Commit commit = output.take(message);
      if (commit != null && !commit.tables().isEmpty()) {
        arriving.add(new Arriving(commit.transaction(), sink.opened(changes(commit))));
      }
    }
    // Nothing is ever asked for again: what has come may be forgotten by the server.
    LogSequenceNumber received = stream.getLastReceiveLSN();
    stream.setFlushedLSN(received);
    stream.setAppliedLSN(received);
    endWhatAllSee();
    passMarks(received.asLong(), sink);
    lookAround(sink);
  }

  private ChangeSet changes(PgOutput.Commit commit) {
    ChangeSet changes = ChangeSet.NOTHING;
    for (Map.Entry<TableName, RowImages> table : commit.tables().entrySet()) {
      changes = changes.plus(tables.cells().changes(table.getKey(), table.getValue().values()));
    }
    return changes;
  }

  private void endWhatAllSee() throws SQLException {
    if (!arriving.isEmpty()) {
      TransactionSnapshot now = TransactionSnapshot.now(connections.witness);
      arriving.removeIf(
          each -> {
            boolean seen = now.sees(each.transaction);
            if (seen) {
              each.commit.end();
            }
            return seen;
          });
    }
  }

  private void passMarks(long received, ChangeSink sink) {
    while (!marks.isEmpty() && Long.compareUnsigned(marks.element().position, received) <= 0) {
      sink.marked(marks.remove().number);
    }
  }

  private void lookAround(ChangeSink sink) throws Exception {
    tables.look(connections.witness);
    long now = System.nanoTime();
    if (now - retentionLookedAt >= RETENTION_INTERVAL_NANOS) {
      retentionLookedAt = now;
      String warning = retention.look(connections.witness);
      sink.warning(warning == null ? standingWarning : warning);
    }
  }

  @Override
  public void requestMark(long number) throws SQLException {
    boolean behind = !marks.isEmpty();
    try (ResultSet row = positionQuery.executeQuery()) {
      row.next();
      marks.add(new Mark(number, LogSequenceNumber.valueOf(row.getString(1)).asLong()));
    }
    if (behind) {
      try (Statement statement = connections.witness.createStatement()) {
        statement.execute("SELECT pg_logical_emit_message(true, 'larder', '')");
      }
    }
    connections.stream.forceUpdateStatus();
  }

  @Override
  public void close() {
    // Ending the stream in the protocol's way would wait for the rest of a large transaction.
    SourceTarget.abort(connections.replication);
    SourceTarget.abort(connections.witness);
  }
}
