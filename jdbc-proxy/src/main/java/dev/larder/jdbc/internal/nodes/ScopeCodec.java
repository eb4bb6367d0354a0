package dev.larder.jdbc.internal.nodes;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.TableName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Change sets as bytes. Stateless, so safe for use by several threads.
 *
 * <p>Nodes of different releases share a stream: a kind of scope that one of them does not know, on
 * either side, is everything.
 */
final class ScopeCodec {

  private static final byte EVERYTHING = 0;
  private static final byte DEFINITIONS = 1;
  private static final byte TABLE = 2;
  private static final byte TAG = 3;

  /** More scopes than this are written as everything. */
  private static final int MOST_SCOPES = 1_000;

  private ScopeCodec() {}

  static void write(ChangeSet changes, ByteWriter to) {
    Set<Scope> scopes = changes.scopes();
    if (scopes.size() > MOST_SCOPES) {
      scopes = whole(changes).scopes();
    }
    to.number(scopes.size());
    for (Scope scope : scopes) {
      write(scope, to);
    }
  }

  /** A change set that includes this one and needs hardly a byte. */
  static ChangeSet whole(ChangeSet changes) {
    return changes.scopes().contains(Scope.DEFINITIONS)
        ? ChangeSet.DEFINITIONS
        : ChangeSet.EVERYTHING;
  }

  /** Each scope carries its length, so that a reader can step over what it does not know. */
  private static void write(Scope scope, ByteWriter to) {
    ByteWriter body = new ByteWriter();
    byte kind = EVERYTHING;
    if (scope instanceof Scope.Definitions) {
      kind = DEFINITIONS;
    } else if (scope instanceof Scope.Table table) {
      kind = TABLE;
      body.text(table.table().schema());
      body.text(table.table().name());
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
    for (int i = 0; i < size; i++) {
      byte kind = ByteWriter.single(from);
      scopes.add(scope(kind, ByteBuffer.wrap(ByteWriter.bytes(from))));
    }
    return new ChangeSet(scopes);
  }

  private static Scope scope(byte kind, ByteBuffer body) throws MalformedMessageException {
    return switch (kind) {
      case DEFINITIONS -> Scope.DEFINITIONS;
      case TABLE -> new Scope.Table(new TableName(text(body), text(body)));
      case TAG -> new Scope.Tag(text(body));
      default -> Scope.EVERYTHING;
    };
  }

  private static String text(ByteBuffer body) throws MalformedMessageException {
    return new String(ByteWriter.bytes(body), StandardCharsets.UTF_8);
  }
}
