package dev.larder.jdbc.internal.source.binlog;

import com.github.shyiko.mysql.binlog.event.Event;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.ledger.OpenCommit;
import dev.larder.invalidation.ledger.Reach;
import dev.larder.invalidation.source.ChangeSink;
import dev.larder.invalidation.source.SourceSession;
import dev.larder.jdbc.internal.source.SourceException;
import dev.larder.jdbc.internal.source.SourceTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One stream of a binary log. Used by one thread, but for {@link #close()}. */
final class BinlogSession implements SourceSession {

  /*
   * The server sends a transaction when it is in the log; readers see it when the storage engine
   * has committed it, after that. A fill that starts in between reads the old rows, and no other
   * event follows. So an event opens its cells, and a second connection, the witness, is asked
   * until the transaction is seen; only then are they closed.
   *
   * A mark is a position: the end of the log when it was asked for. Whatever anybody has seen by
   * then was in the log before, since a transaction is written there first. When the stream has
   * come that far, all of it was handed on. No sign of life is needed for that: what does not come
   * is behind the position, and a mark behind it does not come back.
   */

  private static final int LONGEST_STRETCH = 1_000;
  private static final long IDLE_MILLIS = 10;
  private static final long BUSY_MILLIS = 1;
  private static final long SETTINGS_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * What it talks through.
   *
   * @param witness for questions
   * @param log what to ask
   */
  record Connections(Connection witness, LogStream stream, ServerLog log) {}

  /** A position that the stream has to pass. */
  private record Mark(long number, LogPosition position) {}

  /** A commit that some readers may not see yet. */
  private record Arriving(LogGroup group, OpenCommit commit) {}

  private final Connections connections;
  private final WrittenTables tables;
  private final XaBranches branches;
  private final @Nullable String warning;
  private final LogReader reader;
  private final List<LogGroup> read = new ArrayList<>();
  private final Deque<Mark> marks = new ArrayDeque<>();
  private final List<Arriving> arriving = new ArrayList<>();
  private long settingsLookedAt = System.nanoTime();
  private boolean warned;

  /**
   * @param warning what the operator should know for as long as the session lasts, or null
   */
  BinlogSession(
      Connections connections,
      LoggedRows cells,
      WrittenTables tables,
      XaBranches branches,
      @Nullable String warning) {
    this.connections = connections;
    this.tables = tables;
    this.branches = branches;
    this.warning = warning;
    this.reader = new LogReader(cells, read::add);
  }

  /** Takes the event that tells where the stream begins. */
  void beginWith(Event event) throws SourceException {
    take(event);
  }

  @Override
  public Reach reach() {
    return tables.reach();
  }

  @Override
  public void read(ChangeSink sink) throws Exception {
    branches.look(sink);
    long patience = arriving.isEmpty() ? IDLE_MILLIS : BUSY_MILLIS;
    Event event = connections.stream.next(patience);
    for (int taken = 0; event != null && taken < LONGEST_STRETCH; taken++) {
      take(event);
      hand(sink);
      event = taken + 1 < LONGEST_STRETCH ? connections.stream.next(0) : null;
    }
    endWhatAllSee();
    passMarks(sink);
    lookAround(sink);
  }

  private void take(Event event) throws SourceException {
    reader.take(event);
    connections.log.saw(event, reader.position());
  }

  private void hand(ChangeSink sink) {
    for (LogGroup group : read) {
      switch (group.ending()) {
        case COMMIT -> arriving.add(new Arriving(group, sink.opened(group.changes())));
        case PREPARE -> branches.prepared(group, sink);
        case COMMIT_PREPARED -> branches.committed(group, sink);
        case ROLLBACK_PREPARED -> branches.rolledBack(group);
      }
      lookAgainAfter(group);
    }
    read.clear();
  }

  private void lookAgainAfter(LogGroup group) {
    if (group.changes().scopes().contains(Scope.DEFINITIONS)) {
      tables.mayDiffer().set(true);
    }
  }

  private void endWhatAllSee() throws SQLException {
    if (!arriving.isEmpty()) {
      List<LogGroup> groups = arriving.stream().map(Arriving::group).toList();
      Predicate<LogGroup> seen = connections.log.seen(connections.witness, groups);
      arriving.removeIf(
          each -> {
            boolean isSeen = seen.test(each.group);
            if (isSeen) {
              each.commit.end();
              lookAgainAfter(each.group);
            }
            return isSeen;
          });
    }
  }

  private void passMarks(ChangeSink sink) {
    while (!marks.isEmpty() && marks.element().position.compareTo(reader.position()) <= 0) {
      sink.marked(marks.remove().number);
    }
  }

  private void lookAround(ChangeSink sink) throws Exception {
    tables.look(connections.witness);
    if (!warned) {
      warned = true;
      sink.warning(warning);
    }
    long now = System.nanoTime();
    if (now - settingsLookedAt >= SETTINGS_INTERVAL_NANOS) {
      settingsLookedAt = now;
      sink.warning(connections.log.look(connections.witness));
    }
  }

  @Override
  public void requestMark(long number) throws SQLException, SourceException {
    LogPosition end = connections.log.end(connections.witness);
    if (end.compareTo(reader.position()) < 0) {
      throw new SourceException("the server's binary log was begun anew; connecting anew");
    }
    marks.add(new Mark(number, end));
  }

  @Override
  public void close() {
    SourceTarget.abort(connections.witness);
    connections.stream.close();
  }
}
