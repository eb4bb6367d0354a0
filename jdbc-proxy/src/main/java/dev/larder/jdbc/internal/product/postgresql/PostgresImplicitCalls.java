package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.jdbc.internal.catalog.CatalogueContents.Unnamed;
import dev.larder.jdbc.internal.catalog.PostgresOids;
import dev.larder.jdbc.internal.catalog.RoutineKey;
import java.sql.SQLException;

/** Reads what a query can call without a trace in its text. Not thread-safe. */
final class PostgresImplicitCalls {

  /*
   * - Operators, casts, and the input and output of types. Where one of these is not immutable it
   *   counts against every query, since no text shows where it is used. Of the extensions that come
   *   with PostgreSQL 15 to 18 (citext, hstore, ltree, intarray, isn, cube, seg, btree_gist ... all
   *   were looked at) only pg_trgm has any: its operators follow pg_trgm.similarity_threshold and
   *   its kin, which are settings and so part of the key, except that set_limit() changes one: it
   *   is treated as altering the session. They are let through by the name of their extension.
   *   PostGIS and pgvector declare theirs immutable. Binary send and receive functions follow
   *   the client's encoding only and do not count. Whatever else there is can be vouched for in
   *   larder.functions.
   * - Checks and defaults of domains. They cannot shape an answer but they can write.
   */

  private final PostgresReading reading;

  PostgresImplicitCalls(PostgresReading reading) {
    this.reading = reading;
  }

  void read() throws SQLException {
    reading.each(
        """
        SELECT 'operator ' || o.oprname AS what, o.oprcode::pg_catalog.oid AS function,
            true AS answers
        FROM pg_catalog.pg_operator o
        JOIN pg_catalog.pg_proc p ON p.oid = o.oprcode
        WHERE o.oid >= %1$s AND p.provolatile <> 'i' AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_depend d
            JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
            WHERE d.classid = 'pg_catalog.pg_operator'::pg_catalog.regclass AND d.objid = o.oid
            AND d.deptype = 'e' AND e.extname = 'pg_trgm')
        UNION ALL
        SELECT 'the cast to ' || pg_catalog.format_type(c.casttarget, NULL), c.castfunc, true
        FROM pg_catalog.pg_cast c
        JOIN pg_catalog.pg_proc p ON p.oid = c.castfunc
        WHERE c.oid >= %1$s AND p.provolatile <> 'i'
        UNION ALL
        SELECT 'type ' || t.typname, p.oid, true
        FROM pg_catalog.pg_type t
        JOIN pg_catalog.pg_proc p ON p.oid IN (t.typinput, t.typoutput)
        WHERE t.oid >= %1$s AND p.oid >= %1$s AND p.provolatile <> 'i'
        UNION ALL
        SELECT 'domain ' || t.typname, p.oid, false
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_type t ON t.oid = k.contypid
        JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
            AND d.objid = k.oid AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
        JOIN pg_catalog.pg_proc p ON p.oid = d.refobjid
        WHERE p.provolatile <> 'i'
        UNION ALL
        SELECT 'domain ' || t.typname, p.oid, false
        FROM pg_catalog.pg_type t
        JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
            AND d.objid = t.oid AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
        JOIN pg_catalog.pg_proc p ON p.oid = d.refobjid
        WHERE t.typtype = 'd' AND p.provolatile <> 'i'
        """
            .formatted(PostgresOids.FIRST_USER),
        row -> {
          RoutineKey routine = reading.routine(row.getLong("function"));
          if (routine != null) {
            reading
                .draft()
                .add(new Unnamed(row.getString("what"), routine, row.getBoolean("answers")));
          }
        });
  }
}
