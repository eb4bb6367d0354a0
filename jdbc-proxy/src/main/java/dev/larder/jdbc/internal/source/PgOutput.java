package dev.larder.jdbc.internal.source;

import dev.larder.invalidation.TableName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of pgoutput, version 1 (PostgreSQL manual, "Logical Replication Message
 * Formats"). Used by one thread.
 */
final class PgOutput {

  /** What a transaction wrote. */
  record Commit(int transaction, Set<TableName> tables) {}

  private final Map<Integer, TableName> relations = new HashMap<>();
  private final Set<TableName> written = new LinkedHashSet<>();
  private int transaction;

  /**
   * Takes one message.
   *
   * @return the transaction that ended with it, or null
   * @throws IllegalStateException for a message that is none; without its contents
   */
  @Nullable Commit take(ByteBuffer message) {
    char kind = (char) message.get();
    switch (kind) {
      case 'B' -> begin(message);
      case 'R' -> relation(message);
      case 'I', 'U', 'D' -> written.add(table(message.getInt()));
      case 'T' -> truncate(message);
      case 'C' -> {
        Commit commit = new Commit(transaction, Set.copyOf(written));
        written.clear();
        return commit;
      }
      // Types, origins, messages of other programs: nothing that an answer depends on.
      case 'Y', 'O', 'M' -> {}
      default -> throw new IllegalStateException("the stream has a message of an unknown kind");
    }
    return null;
  }

  private void begin(ByteBuffer message) {
    // The position of the commit and its time come first.
    message.position(message.position() + 16);
    transaction = message.getInt();
    written.clear();
  }

  private void relation(ByteBuffer message) {
    int id = message.getInt();
    String schema = text(message);
    // pgoutput spells pg_catalog as nothing.
    relations.put(id, new TableName(schema.isEmpty() ? "pg_catalog" : schema, text(message)));
  }

  private void truncate(ByteBuffer message) {
    int tables = message.getInt();
    message.get();
    for (int i = 0; i < tables; i++) {
      written.add(table(message.getInt()));
    }
  }

  private TableName table(int id) {
    TableName table = relations.get(id);
    if (table == null) {
      throw new IllegalStateException("the stream has a row of a table that it has not described");
    }
    return table;
  }

  private static String text(ByteBuffer message) {
    int start = message.position();
    while (message.get() != 0) {
      // Looking for the end.
    }
    byte[] bytes = new byte[message.position() - 1 - start];
    message.get(start, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
