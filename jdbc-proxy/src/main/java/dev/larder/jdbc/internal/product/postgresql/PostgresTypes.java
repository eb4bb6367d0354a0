package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.jdbc.internal.catalog.PostgresOids;
import dev.larder.jdbc.internal.catalog.TypeFamily;
import java.sql.SQLException;

/** Reads what types have to do with texts and times. Not thread-safe. */
final class PostgresTypes {

  /** Types of extensions that hold no time. */
  private static final String OF_EXTENSIONS =
      "'citext', 'hstore', 'ltree', 'lquery', 'ltxtquery', 'geometry', 'geography', 'box2d',"
          + " 'box3d', 'vector', 'halfvec', 'sparsevec', 'cube'";

  private final PostgresReading reading;

  PostgresTypes(PostgresReading reading) {
    this.reading = reading;
  }

  /**
   * The condition that a type, or what an array or a domain is of, is built in, and none whose
   * values can spell a word.
   *
   * @param oid the expression for its oid
   */
  static String isPlain(String oid) {
    return """
    (SELECT e.oid < %1$s AND e.typname NOT LIKE 'reg%' AND (
            e.typcategory IN ('N', 'B', 'D', 'T', 'I', 'G', 'V', 'R')
            OR e.typname IN ('uuid', 'bytea'))
        FROM pg_catalog.pg_type d
        JOIN pg_catalog.pg_type t
            ON t.oid = CASE d.typtype WHEN 'd' THEN d.typbasetype ELSE d.oid END
        JOIN pg_catalog.pg_type e
            ON e.oid = CASE t.typcategory WHEN 'A' THEN t.typelem ELSE t.oid END
        WHERE d.oid = %2$s)\
    """
        .replace("%1$s", PostgresOids.FIRST_USER)
        .replace("%2$s", oid);
  }

  /** Row types of tables are left out: there are many, and nobody converts to them. */
  void read() throws SQLException {
    reading.each(
        """
        WITH RECURSIVE part (type, leaf) AS (
            SELECT t.oid, t.oid FROM pg_catalog.pg_type t
            WHERE t.oid >= %1$s AND t.typcategory <> 'A' AND t.typtype IN ('b', 'c', 'd', 'e', 'r', 'm')
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_class c
                WHERE c.oid = t.typrelid AND c.relkind <> 'c')
            UNION
            SELECT p.type, n.next FROM part p
            JOIN pg_catalog.pg_type t ON t.oid = p.leaf
            CROSS JOIN LATERAL (
                SELECT t.typbasetype AS next WHERE t.typtype = 'd'
                UNION ALL SELECT t.typelem WHERE t.typcategory = 'A'
                UNION ALL SELECT a.atttypid FROM pg_catalog.pg_attribute a
                    WHERE t.typtype = 'c' AND a.attrelid = t.typrelid
                    AND a.attnum > 0 AND NOT a.attisdropped
                UNION ALL SELECT r.rngsubtype FROM pg_catalog.pg_range r
                    WHERE t.oid IN (r.rngtypid, r.rngmultitypid)) n)
        SELECT o.typname,
            bool_or(l.oid = 'pg_catalog.timetz'::pg_catalog.regtype) AS zoned,
            bool_or(l.typcategory = 'D' AND l.typtype = 'b' OR l.oid >= %1$s AND l.typtype = 'b'
                AND l.typname NOT IN (%2$s)) AS times
        FROM part p
        JOIN pg_catalog.pg_type o ON o.oid = p.type
        JOIN pg_catalog.pg_type l ON l.oid = p.leaf
        GROUP BY o.oid, o.typname
        """
            .formatted(PostgresOids.FIRST_USER, OF_EXTENSIONS),
        row ->
            reading
                .draft()
                .type(
                    row.getString("typname"),
                    row.getBoolean("zoned")
                        ? TypeFamily.ZONED_TIME
                        : row.getBoolean("times") ? TypeFamily.DATE : TypeFamily.PLAIN));
  }
}
