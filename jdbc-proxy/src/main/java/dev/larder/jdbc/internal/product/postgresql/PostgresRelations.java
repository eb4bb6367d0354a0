package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.analysis.Verb;
import dev.larder.jdbc.internal.catalog.CatalogueDraft.Action;
import dev.larder.jdbc.internal.catalog.Effect;
import dev.larder.jdbc.internal.catalog.Relation;
import dev.larder.jdbc.internal.catalog.RelationKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tables, views and sequences, and which of them follow which by inheritance or a foreign
 * key. Not thread-safe.
 */
final class PostgresRelations {

  private final PostgresReading reading;

  PostgresRelations(PostgresReading reading) {
    this.reading = reading;
  }

  void read() throws SQLException {
    relations();
    inheritance();
    foreignKeys();
  }

  private void relations() throws SQLException {
    reading.each(
        """
        SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpersistence, EXISTS (
            SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
            AND a.atttypid IN ('pg_catalog.timetz'::pg_catalog.regtype,
                'pg_catalog.timetz[]'::pg_catalog.regtype)) AS timetz
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
        """,
        row -> {
          String schema = row.getString("nspname");
          String relkind = row.getString("relkind");
          RelationKind kind = kind(schema, relkind, row.getString("relpersistence"));
          TableName name = new TableName(schema, row.getString("relname"));
          Relation.Draft relation = reading.draft().add(name, kind, detail(kind, relkind), true);
          reading.found(row.getLong("oid"), relation);
          // A time with a zone, converted to a named one, takes the offset of today, and nothing in
          // a text tells such a conversion from that of a timestamp.
          if (kind != RelationKind.SYSTEM && row.getBoolean("timetz")) {
            relation.untrackable("a relation with times of a zone, whose offset follows the date");
          }
          if (relkind.equals("f")) {
            // The server behind it may well be this one.
            relation.effects.add(
                new Effect(
                    EnumSet.allOf(Verb.class),
                    new Effect.Unknown("writes " + name + ", a foreign table")));
          }
        });
  }

  static RelationKind kind(String schema, String relkind, String persistence) {
    if (PostgresBuiltIns.ALL.systemSchemas().contains(schema)) {
      return RelationKind.SYSTEM;
    }
    if (persistence.equals("t")) {
      return RelationKind.TEMPORARY;
    }
    return switch (relkind) {
      case "v" -> RelationKind.VIEW;
      case "m" -> persistence.equals("p") ? RelationKind.MATERIALIZED_VIEW : untracked();
      case "r", "p" -> persistence.equals("p") ? RelationKind.TABLE : untracked();
      default -> untracked();
    };
  }

  private static RelationKind untracked() {
    return RelationKind.UNTRACKABLE;
  }

  static String detail(RelationKind kind, String relkind) {
    if (kind != RelationKind.UNTRACKABLE) {
      return "";
    }
    return switch (relkind) {
      case "f" -> "a foreign table";
      case "S" -> "a sequence";
      default -> "an unlogged table, which a crash of the server empties";
    };
  }

  private void inheritance() throws SQLException {
    reading.each(
        "SELECT inhrelid, inhparent FROM pg_catalog.pg_inherits",
        row -> {
          Relation.Draft child = reading.relation(row.getLong("inhrelid"));
          Relation.Draft parent = reading.relation(row.getLong("inhparent"));
          if (child != null && parent != null) {
            reading.draft().inherits(child.name(), parent.name());
          }
        });
  }

  private void foreignKeys() throws SQLException {
    reading.each(
        """
        SELECT conrelid, confrelid, confdeltype, confupdtype, ARRAY(
            SELECT a.attname::pg_catalog.text FROM pg_catalog.generate_subscripts(conkey, 1) i
            JOIN pg_catalog.pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[i]
            ORDER BY i) AS referencing, ARRAY(
            SELECT a.attname::pg_catalog.text FROM pg_catalog.generate_subscripts(confkey, 1) i
            JOIN pg_catalog.pg_attribute a ON a.attrelid = confrelid AND a.attnum = confkey[i]
            ORDER BY i) AS referenced, NOT EXISTS (
            SELECT FROM pg_catalog.pg_operator o WHERE o.oid = ANY (conpfeqop)
            AND (o.oprname <> '=' OR o.oprnamespace <> 'pg_catalog'::pg_catalog.regnamespace))
            AS by_value
        FROM pg_catalog.pg_constraint WHERE contype = 'f'
        """,
        row -> {
          Relation.Draft child = reading.relation(row.getLong("conrelid"));
          Relation.Draft parent = reading.relation(row.getLong("confrelid"));
          if (child != null && parent != null) {
            reading
                .draft()
                .foreignKey(
                    child.name(),
                    parent.name(),
                    action(row.getString("confdeltype")),
                    action(row.getString("confupdtype")),
                    columns(row));
          }
        });
  }

  /** The referenced columns by the referencing; an operator of one's own may take more as equal. */
  private static @Nullable Map<String, String> columns(ResultSet row) throws SQLException {
    String[] referencing = (String[]) row.getArray("referencing").getArray();
    String[] referenced = (String[]) row.getArray("referenced").getArray();
    if (referencing.length != referenced.length || !row.getBoolean("by_value")) {
      return null;
    }
    Map<String, String> columns = new HashMap<>();
    for (int i = 0; i < referencing.length; i++) {
      columns.put(referencing[i], referenced[i]);
    }
    return columns;
  }

  static Action action(String code) {
    return switch (code) {
      case "a", "r" -> Action.NONE;
      case "n", "d" -> Action.SET;
      case "c" -> Action.CASCADE;
      default -> Action.UNTOLD;
    };
  }
}
