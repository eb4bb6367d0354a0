package dev.larder.jdbc.internal.source.binlog;

import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.GtidEventData;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.RotateEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import com.github.shyiko.mysql.binlog.event.XAPrepareEventData;
import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.source.RowImages;
import dev.larder.jdbc.internal.source.SourceException;
import java.io.Serializable;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes groups of the events of a binary log, and knows how far it has read. Used by one thread.
 *
 * <p>Whatever it does not know may have changed everything.
 */
final class LogReader {

  private static final String SYSTEM_SCHEMA = "mysql";

  /** What is known of the rows that the group has written in one table. */
  private static final class Written {
    private final RowImages images = new RowImages();
    private boolean inserted = true;
  }

  private final LoggedRows cells;
  private final Consumer<LogGroup> groups;
  private final Map<Long, RowValues> tables = new HashMap<>();
  private final Map<TableName, Written> written = new LinkedHashMap<>();
  private ChangeSet beside = ChangeSet.NOTHING;
  private LogPosition position = new LogPosition(0, 0);
  private String id = "";
  private String branch = "";

  /**
   * @param groups takes each group when its last event has come, before the {@link #position()}
   *     lies behind it
   */
  LogReader(LoggedRows cells, Consumer<LogGroup> groups) {
    this.cells = cells;
    this.groups = groups;
  }

  /** The place behind everything that was taken. */
  LogPosition position() {
    return position;
  }

  /**
   * Takes the next event.
   *
   * @throws SourceException where the log may have left something out, or cannot be followed
   */
  void take(Event event) throws SourceException {
    EventHeaderV4 header = event.getHeader();
    EventType type = header.getEventType();
    if (type == EventType.ROTATE) {
      RotateEventData next = event.getData();
      position = LogPosition.of(next.getBinlogFilename(), next.getBinlogPosition());
      return;
    }
    // What the server makes up has no place in the log.
    long behind = header.getNextPosition();
    LogPosition end = behind == 0 ? position : new LogPosition(position.number(), behind);
    take(event, type, end);
    position = end;
  }

  private void take(Event event, EventType type, LogPosition end) throws SourceException {
    switch (type) {
      case GTID -> {
        // A group that has not told of its end is over when the next begins.
        finish(end, LogGroup.Ending.COMMIT);
        GtidEventData data = event.getData();
        id = data.getMySqlGtid().toString();
      }
      case MARIADB_GTID -> finish(end, LogGroup.Ending.COMMIT);
      case ANONYMOUS_GTID ->
          throw new SourceException(
              "the binary log has a transaction without a GTID, of which it cannot be told when"
                  + " readers see it: set gtid_mode=ON");
      case QUERY -> query(event.getData(), end);
      case TABLE_MAP -> {
        TableMapEventData map = event.getData();
        tables.put(map.getTableId(), new RowValues(map));
      }
      case WRITE_ROWS, EXT_WRITE_ROWS -> inserted(event.getData());
      case UPDATE_ROWS, EXT_UPDATE_ROWS -> updated(event.getData());
      case DELETE_ROWS, EXT_DELETE_ROWS -> deleted(event.getData());
      case XID -> finish(end, LogGroup.Ending.COMMIT);
      case XA_PREPARE -> {
        XAPrepareEventData data = event.getData();
        branch = QueryText.branch(data);
        finish(end, data.isOnePhase() ? LogGroup.Ending.COMMIT : LogGroup.Ending.PREPARE);
      }
      case TRANSACTION_PAYLOAD -> {
        // A compressed transaction, with its end in it.
        beside = beside.plus(ChangeSet.EVERYTHING);
        finish(end, LogGroup.Ending.COMMIT);
      }
      case INCIDENT ->
          throw new SourceException("the server says that its binary log lacks events");
      default -> other(type);
    }
  }

  private void other(EventType type) {
    switch (type) {
      case FORMAT_DESCRIPTION,
          PREVIOUS_GTIDS,
          MARIADB_GTID_LIST,
          BINLOG_CHECKPOINT,
          ANNOTATE_ROWS,
          ROWS_QUERY,
          HEARTBEAT,
          IGNORABLE,
          STOP,
          INTVAR,
          RAND,
          USER_VAR,
          TRANSACTION_CONTEXT,
          VIEW_CHANGE -> {
        // Nothing is written by these.
      }
      // Of a compressed one not even the kind is known.
      case UNKNOWN -> {
        beside = beside.plus(ChangeSet.DEFINITIONS);
        id = "";
      }
      default -> beside = beside.plus(ChangeSet.EVERYTHING);
    }
  }

  private void query(QueryEventData data, LogPosition end) {
    String sql = data.getSql();
    switch (QueryText.kind(sql)) {
      case NOTHING -> {
        // It writes nothing that others see.
      }
      case ENDS -> finish(end, LogGroup.Ending.COMMIT);
      case XA_COMMITS -> {
        branch = QueryText.branch(sql);
        finish(
            end,
            QueryText.isOnePhase(sql) ? LogGroup.Ending.COMMIT : LogGroup.Ending.COMMIT_PREPARED);
      }
      case XA_ROLLS_BACK -> {
        branch = QueryText.branch(sql);
        finish(end, LogGroup.Ending.ROLLBACK_PREPARED);
      }
      case WRITES -> alone(ChangeSet.EVERYTHING, end);
      case TRUNCATES -> {
        TableName table = QueryText.truncated(sql, data.getDatabase());
        alone(cells.changes(table, true, Map.of()), end);
      }
      case DEFINES -> alone(ChangeSet.DEFINITIONS, end);
    }
  }

  /**
   * A statement that may be a transaction of its own. Where it is part of one, telling of it early
   * does no harm: readers see it when they see the transaction.
   */
  private void alone(ChangeSet changes, LogPosition end) {
    groups.accept(new LogGroup(id, end, changes, LogGroup.Ending.COMMIT, ""));
  }

  private void finish(LogPosition end, LogGroup.Ending ending) {
    ChangeSet changes = beside;
    for (Map.Entry<TableName, Written> table : written.entrySet()) {
      Written rows = table.getValue();
      changes = changes.plus(changes(table.getKey(), rows));
    }
    written.clear();
    tables.clear();
    beside = ChangeSet.NOTHING;
    boolean isPlain = ending == LogGroup.Ending.COMMIT;
    if (!changes.isEmpty() || !isPlain) {
      groups.accept(new LogGroup(id, end, changes, ending, isPlain ? "" : branch));
    }
    branch = "";
  }

  private ChangeSet changes(TableName table, Written rows) {
    return table.schema().equalsIgnoreCase(SYSTEM_SCHEMA)
        ? ChangeSet.DEFINITIONS
        : cells.changes(table, rows.inserted, rows.images.values());
  }

  private RowValues table(long number) throws SourceException {
    RowValues table = tables.get(number);
    if (table == null) {
      throw new SourceException("the binary log has a row of a table that it has not described");
    }
    return table;
  }

  private Written written(RowValues table, boolean inserted) {
    Written rows = written.computeIfAbsent(table.table(), any -> new Written());
    rows.inserted &= inserted;
    return rows;
  }

  private void inserted(WriteRowsEventData data) throws SourceException {
    images(table(data.getTableId()), true, data.getIncludedColumns(), data.getRows());
  }

  private void deleted(DeleteRowsEventData data) throws SourceException {
    images(table(data.getTableId()), false, data.getIncludedColumns(), data.getRows());
  }

  private void images(
      RowValues table, boolean inserted, BitSet included, Iterable<Serializable[]> rows) {
    RowImages images = written(table, inserted).images;
    for (Serializable[] row : rows) {
      if (!images.isOpen()) {
        images.addAny();
        return;
      }
      images.add(table.of(included, row));
    }
  }

  private void updated(UpdateRowsEventData data) throws SourceException {
    RowValues table = table(data.getTableId());
    RowImages images = written(table, false).images;
    for (Map.Entry<Serializable[], Serializable[]> row : data.getRows()) {
      if (!images.isOpen()) {
        images.addAny();
        return;
      }
      Map<String, Set<String>> before =
          table.of(data.getIncludedColumnsBeforeUpdate(), row.getKey());
      images.add(RowValues.inBoth(before, table.of(data.getIncludedColumns(), row.getValue())));
    }
  }
}
