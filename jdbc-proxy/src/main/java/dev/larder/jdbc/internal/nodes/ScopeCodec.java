package dev.larder.jdbc.internal.nodes;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.TableName;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The form in bytes of change sets. Stateless, so safe for use by several threads.
 *
 * <p>Nodes of different releases share a stream: a kind of scope that one of them does not know, on
 * either side, is everything.
 */
final class ScopeCodec {

  private static final byte EVERYTHING = 0;
  private static final byte DEFINITIONS = 1;
  private static final byte TABLE = 2;
  private static final byte TAG = 3;

  private static final byte[] ANY_ROWS = {};

  /** More scopes than this are written as everything. */
  private static final int MOST_SCOPES = 1_000;

  /** Tables of which the rows would take more than what is left of this are written as a whole. */
  private static final int MOST_BYTES_OF_ROWS = 2_000;

  private ScopeCodec() {}

  static void write(ChangeSet changes, ByteWriter to) {
    write(changes, MOST_BYTES_OF_ROWS, to);
  }

  /** The same, with no more of a table than its name. */
  static void writeTables(ChangeSet changes, ByteWriter to) {
    write(changes, 0, to);
  }

  private static void write(ChangeSet changes, int bytesOfRows, ByteWriter to) {
    Set<Scope> scopes = changes.scopes();
    if (scopes.size() > MOST_SCOPES) {
      scopes = whole(changes).scopes();
    }
    to.number(scopes.size());
    int left = bytesOfRows;
    for (Scope scope : scopes) {
      byte[] rows = rows(scope, changes, left);
      left -= rows.length;
      write(scope, rows, to);
    }
  }

  /** Empty where any row of the scope may have been written, or that is told in fewer bytes. */
  private static byte[] rows(Scope scope, ChangeSet changes, int mostBytes) {
    RowChange rows = scope instanceof Scope.Table table ? changes.rows().get(table.table()) : null;
    byte[] told = rows == null || mostBytes == 0 ? ANY_ROWS : RowCodec.toBytes(rows);
    return told.length > mostBytes ? ANY_ROWS : told;
  }

  /** A change set that includes this one and needs hardly a byte. */
  static ChangeSet whole(ChangeSet changes) {
    return changes.scopes().contains(Scope.DEFINITIONS)
        ? ChangeSet.DEFINITIONS
        : ChangeSet.EVERYTHING;
  }

  /**
   * Each scope carries its length, so that a reader can step over what it does not know. The rows
   * of a table stand behind its name, where a reader that knows of none takes it as a whole.
   */
  private static void write(Scope scope, byte[] rows, ByteWriter to) {
    ByteWriter body = new ByteWriter();
    byte kind = EVERYTHING;
    if (scope instanceof Scope.Definitions) {
      kind = DEFINITIONS;
    } else if (scope instanceof Scope.Table table) {
      kind = TABLE;
      body.text(table.table().schema());
      body.text(table.table().name());
      body.raw(rows);
    } else if (scope instanceof Scope.Tag tag) {
      kind = TAG;
      body.text(tag.tag());
    }
    to.single(kind);
    to.bytes(body.toBytes());
  }

  /**
   * @throws MalformedMessageException where the bytes are no change set
   */
  static ChangeSet read(ByteBuffer from) throws MalformedMessageException {
    int size = ByteWriter.count(from, 1 + Integer.BYTES);
    Set<Scope> scopes = new LinkedHashSet<>();
    Map<TableName, RowChange> rows = new HashMap<>();
    for (int i = 0; i < size; i++) {
      byte kind = ByteWriter.single(from);
      ByteBuffer body = ByteBuffer.wrap(ByteWriter.bytes(from));
      Scope scope = scope(kind, body);
      boolean isRepeated = !scopes.add(scope);
      if (scope instanceof Scope.Table table && isRepeated) {
        rows.remove(table.table());
      } else if (scope instanceof Scope.Table table && body.hasRemaining()) {
        rows.put(table.table(), RowCodec.read(body));
      }
    }
    return new ChangeSet(scopes, rows, Map.of());
  }

  private static Scope scope(byte kind, ByteBuffer body) throws MalformedMessageException {
    return switch (kind) {
      case DEFINITIONS -> Scope.DEFINITIONS;
      case TABLE -> new Scope.Table(new TableName(ByteWriter.text(body), ByteWriter.text(body)));
      case TAG -> new Scope.Tag(ByteWriter.text(body));
      default -> Scope.EVERYTHING;
    };
  }
}
