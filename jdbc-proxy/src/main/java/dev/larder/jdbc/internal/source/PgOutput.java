package dev.larder.jdbc.internal.source;

import dev.larder.invalidation.TableName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the messages of pgoutput, version 1 (PostgreSQL manual, "Logical Replication Message
 * Formats"). Used by one thread.
 */
final class PgOutput {

  /** What a transaction wrote. */
  record Commit(int transaction, Map<TableName, RowImages> tables) {}

  /** A table as the stream has described it, with its columns in the order of its rows. */
  private record Relation(TableName name, List<Column> columns) {}

  /**
   * @param identifies whether it is part of the replica identity
   */
  private record Column(String name, boolean identifies) {}

  private final Map<Integer, Relation> relations = new HashMap<>();
  private Map<TableName, RowImages> written = new LinkedHashMap<>();
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
      case 'I', 'U', 'D' -> row(kind, message);
      case 'T' -> truncate(message);
      case 'C' -> {
        Commit commit = new Commit(transaction, written);
        written = new LinkedHashMap<>();
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
    written = new LinkedHashMap<>();
  }

  private void relation(ByteBuffer message) {
    int id = message.getInt();
    String schema = text(message);
    // pgoutput spells pg_catalog as nothing.
    TableName name = new TableName(schema.isEmpty() ? "pg_catalog" : schema, text(message));
    // Which replica identity the table has: the flags of its columns say it too.
    message.get();
    int count = message.getShort();
    List<Column> columns = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      boolean identifies = message.get() == 1;
      columns.add(new Column(text(message), identifies));
      // Its type and the type's modifier: the catalogue knows them.
      message.getLong();
    }
    relations.put(id, new Relation(name, columns));
  }

  private void truncate(ByteBuffer message) {
    int tables = message.getInt();
    message.get();
    for (int i = 0; i < tables; i++) {
      images(table(message.getInt()).name()).addAny();
    }
  }

  private RowImages images(TableName table) {
    return written.computeIfAbsent(table, any -> new RowImages());
  }

  /**
   * An INSERT has the new row; a DELETE the old one or its identity; an UPDATE the new one, and
   * before it the old one or its identity where the identity is the whole row or has changed.
   */
  private void row(char kind, ByteBuffer message) {
    Relation table = table(message.getInt());
    RowImages images = images(table.name());
    if (!images.isOpen()) {
      return;
    }
    char part = (char) message.get();
    Map<String, Set<String>> row = tuple(message, table);
    if (part == 'K' || (part == 'N' && kind == 'U')) {
      table.columns().stream()
          .filter(column -> !column.identifies())
          .forEach(column -> row.remove(column.name()));
    }
    if (part != 'N' && message.hasRemaining()) {
      message.get();
      // What is stored out of line and was not changed is not sent again.
      tuple(message, table)
          .forEach((column, after) -> row.computeIfPresent(column, (c, old) -> joined(old, after)));
    }
    images.add(row);
  }

  private static Set<String> joined(Set<String> some, Set<String> more) {
    Set<String> all = new HashSet<>(some);
    all.addAll(more);
    return all;
  }

  /** The values of a row that are sent, by column; SQL NULL, which equals nothing, is no value. */
  private static Map<String, Set<String>> tuple(ByteBuffer message, Relation table) {
    Map<String, Set<String>> values = new HashMap<>();
    int count = message.getShort();
    for (int i = 0; i < count; i++) {
      String column = table.columns().get(i).name();
      switch ((char) message.get()) {
        case 'n' -> values.put(column, Set.of());
        case 't' -> {
          byte[] text = new byte[message.getInt()];
          message.get(text);
          values.put(column, Set.of(new String(text, StandardCharsets.UTF_8)));
        }
        case 'b' -> message.position(message.getInt() + message.position());
        default -> {
          // Unchanged, and so not sent.
        }
      }
    }
    return values;
  }

  private Relation table(int id) {
    Relation table = relations.get(id);
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
