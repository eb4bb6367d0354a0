package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.jdbc.internal.catalog.CatalogueDraft;
import dev.larder.jdbc.internal.catalog.CatalogueQueries;
import dev.larder.jdbc.internal.catalog.Column;
import dev.larder.jdbc.internal.catalog.PostgresOids;
import dev.larder.jdbc.internal.catalog.Relation;
import dev.larder.jdbc.internal.catalog.TypeFamily;
import dev.larder.jdbc.internal.rows.ColumnKind;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns of tables, and the functions of their defaults and checks, which run when the
 * columns are given values. Not thread-safe.
 */
final class PostgresColumns {

  private final PostgresReading reading;

  PostgresColumns(PostgresReading reading) {
    this.reading = reading;
  }

  void read() throws SQLException {
    calls();
    columns();
  }

  /**
   * The types that compare by what they hold, as long as nobody has made an operator like {@code =}
   * for them; a collation that is not deterministic has equals that differ. A key of a table that
   * shares its rows with others tells one of its own, and of theirs where it is partitioned.
   */
  private void columns() throws SQLException {
    reading.each(
        """
        SELECT a.attrelid, a.attname, a.attgenerated <> '' AS follows,
            CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_operator o WHERE o.oid >= %1$s
                    AND o.oprname IN ('=', '<', '<=', '>', '>=') AND (o.oprleft < %1$s OR o.oprright < %1$s)) THEN ''
                WHEN a.atttypid IN ('pg_catalog.int2'::pg_catalog.regtype,
                    'pg_catalog.int4'::pg_catalog.regtype,
                    'pg_catalog.int8'::pg_catalog.regtype) THEN 'number'
                WHEN a.atttypid = 'pg_catalog.uuid'::pg_catalog.regtype THEN 'uuid'
                WHEN a.atttypid IN ('pg_catalog.text'::pg_catalog.regtype,
                    'pg_catalog.varchar'::pg_catalog.regtype) AND l.collisdeterministic
                    THEN 'text' END AS kind,
            c.relkind IN ('r', 'p') AS lasting, %2$s AS plain,
            pg_catalog.format_type(coalesce(
                (SELECT nullif(t.typbasetype, 0) FROM pg_catalog.pg_type t WHERE t.oid = a.atttypid),
                a.atttypid), NULL) LIKE 'time without%%' AS time,
            EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = a.attrelid
                AND i.indisunique AND i.indisvalid AND i.indnkeyatts = 1
                AND i.indkey[0] = a.attnum AND i.indpred IS NULL)
                AND (c.relkind = 'p' OR NOT EXISTS (SELECT FROM pg_catalog.pg_inherits h
                    WHERE h.inhparent = c.oid))
                AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits h
                    WHERE h.inhrelid = c.oid) AS key
        FROM pg_catalog.pg_attribute a
        LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
        JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.oid >= %1$s
            AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attrelid, a.attnum
        """
            .formatted(PostgresOids.FIRST_USER, PostgresTypes.isPlain("a.atttypid")),
        row -> {
          Relation.Draft table = reading.relation(row.getLong("attrelid"));
          if (table != null) {
            String name = row.getString("attname");
            boolean lasting = row.getBoolean("lasting");
            table.columns.add(
                Column.of(
                    name,
                    lasting ? columnKind(CatalogueQueries.text(row, "kind")) : null,
                    family(row.getBoolean("plain"), row.getBoolean("time")),
                    row.getBoolean("follows")));
            if (lasting) {
              table.places.add(name);
            }
            if (row.getBoolean("key")) {
              table.keys.add(name);
              table.unique.add(name);
            }
          }
        });
  }

  private static TypeFamily family(boolean plain, boolean time) {
    return time ? TypeFamily.TIME : plain ? TypeFamily.PLAIN : TypeFamily.OTHER;
  }

  private static @Nullable ColumnKind columnKind(String kind) {
    return switch (kind) {
      case "number" -> ColumnKind.WHOLE_NUMBER;
      case "text" -> ColumnKind.TEXT;
      case "uuid" -> ColumnKind.UUID;
      default -> null;
    };
  }

  private void calls() throws SQLException {
    reading.each(
        """
        SELECT a.adrelid AS relation, d.refobjid AS function FROM pg_catalog.pg_attrdef a
        JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
            AND d.objid = a.oid AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
        UNION
        SELECT k.conrelid, d.refobjid FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
            AND d.objid = k.oid AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
        WHERE k.conrelid <> 0
        """,
        row -> {
          Relation.Draft table = reading.relation(row.getLong("relation"));
          if (table != null) {
            reading.call(table, CatalogueDraft.VALUE_VERBS, row.getLong("function"));
          }
        });
  }
}
