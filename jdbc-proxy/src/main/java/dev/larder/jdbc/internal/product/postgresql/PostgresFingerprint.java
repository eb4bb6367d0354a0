package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.jdbc.internal.catalog.PostgresOids;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A short text that stands for all definitions of a PostgreSQL database. Stateless. */
final class PostgresFingerprint {

  /*
   * Every row of a catalogue table that matters gives a hash of its identity and of the transaction that wrote it (xmin), and the
   * sum of all is the fingerprint: one pass in the server, one row over the wire. Of pg_class the columns are taken themselves,
   * because TRUNCATE, VACUUM FULL and CREATE INDEX rewrite its rows without changing what a query means. ANALYZE and VACUUM change
   * rows in place, which leaves xmin alone.
   *
   * Temporary tables are left out with all that hangs on them: nobody else can read them, and batch jobs make them by the minute.
   *
   * pg_authid is for superusers; of roles the view pg_roles shows what decides on access.
   *
   * What sessions begin with is a definition too: the settings of roles and databases, and those of the server's configuration. Of
   * the latter this session shows those that its own user, its client or a SET does not hide, so that the names which are hidden
   * stand before a space: sessions of other origins are not compared.
   */

  /** Settings that this session has from the configuration. */
  private static final String CONFIGURED =
      "source IN ('default', 'configuration file', 'command line', 'environment variable',"
          + " 'global')";

  private static final String SETTABLE =
      "FROM pg_catalog.pg_settings WHERE context IN ('user', 'superuser') AND position('.' in name)"
          + " = 0 AND name NOT IN ('transaction_isolation', 'transaction_read_only',"
          + " 'transaction_deferrable', 'application_name') AND ";

  private static final String KEPT =
      "JOIN pg_catalog.pg_class c ON c.oid = %s AND c.relpersistence <> 't'"
          + " AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.oid >= "
          + PostgresOids.FIRST_USER;

  private static final String SQL =
      "SELECT (SELECT hashtextextended(coalesce(string_agg(name, ',' ORDER BY name), ''), 0) "
          + SETTABLE
          + "NOT "
          + CONFIGURED
          + ") || ' ' || count(*) || '/' || coalesce(sum(h), 0) FROM (\n"
          + """
          SELECT hashtextextended(concat_ws('|', 'class', c.oid, relname, relnamespace, relowner,
              relkind, relpersistence, relrowsecurity, relforcerowsecurity, relispartition,
              relreplident, relacl::text,
              CASE WHEN relkind = 'v' THEN reloptions::text END), 0) AS h
          FROM pg_catalog.pg_class c
          WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND relpersistence <> 't'
          """
          + rows("attribute", "attrelid || '.' || a.attnum", "a.attrelid", "pg_attribute")
          + rows("default", "a.oid", "a.adrelid", "pg_attrdef")
          + rows("trigger", "a.oid", "a.tgrelid", "pg_trigger")
          + rows("policy", "a.oid", "a.polrelid", "pg_policy")
          + rows("rule", "a.oid", "a.ev_class", "pg_rewrite")
          + rows("inherits", "a.inhrelid || '.' || a.inhparent", "a.inhrelid", "pg_inherits")
          + rows("constraint", "a.oid", "nullif(a.conrelid, 0)", "pg_constraint")
          + rows("foreign table", "a.ftrelid", "a.ftrelid", "pg_foreign_table")
          + """
          UNION ALL SELECT hashtextextended('domain ' || a.oid || '.' || a.xmin, 0)
          FROM pg_catalog.pg_constraint a WHERE a.contypid <> 0
          UNION ALL SELECT hashtextextended('type ' || a.oid || '.' || a.xmin, 0)
          FROM pg_catalog.pg_type a WHERE a.oid >= %1$s AND a.typtype <> 'c' AND a.typelem = 0
          UNION ALL SELECT hashtextextended('procedure ' || a.oid || '.' || a.xmin, 0)
          FROM pg_catalog.pg_proc a WHERE a.oid >= %1$s
          UNION ALL SELECT hashtextextended('schema ' || a.oid || '.' || a.xmin, 0)
          FROM pg_catalog.pg_namespace a WHERE a.nspname !~ '^pg_(toast_)?temp_'
          UNION ALL SELECT hashtextextended(concat_ws('|', 'role', a.oid, a.rolname, a.rolsuper,
              a.rolinherit, a.rolbypassrls), 0)
          FROM pg_catalog.pg_roles a
          """
              .formatted(PostgresOids.FIRST_USER)
          + "UNION ALL SELECT hashtextextended('setting ' || name || '=' || reset_val, 0) "
          + SETTABLE
          + CONFIGURED
          + "\n"
          + """
          UNION ALL SELECT hashtextextended('defaults ' || a.setdatabase || '.' || a.setrole || '.'
              || a.setconfig::text, 0)
          FROM pg_catalog.pg_db_role_setting a
          WHERE a.setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database
              WHERE datname = current_database()))
          """
          + all("member", "pg_auth_members", "a.roleid || '.' || a.member")
          + all("publication", "pg_publication", "a.oid")
          + all("published table", "pg_publication_rel", "a.oid")
          + all("published schema", "pg_publication_namespace", "a.oid")
          + all("enum", "pg_enum", "a.oid")
          + all("operator", "pg_operator", "a.oid")
          + all("cast", "pg_cast", "a.oid")
          + all("aggregate", "pg_aggregate", "a.aggfnoid::oid")
          + all("collation", "pg_collation", "a.oid")
          + all("extension", "pg_extension", "a.oid")
          + all("event trigger", "pg_event_trigger", "a.oid")
          + all("language", "pg_language", "a.oid")
          + all("range", "pg_range", "a.rngtypid")
          + all("text search", "pg_ts_config", "a.oid")
          + all("dictionary", "pg_ts_dict", "a.oid")
          + all("mapping", "pg_ts_config_map", "a.mapcfg")
          + ") AS hashes";

  private PostgresFingerprint() {}

  private static String rows(String kind, String key, String relation, String catalogue) {
    return "UNION ALL SELECT hashtextextended('%s ' || %s || '.' || a.xmin, 0) FROM pg_catalog.%s a %s\n"
        .formatted(kind, key, catalogue, KEPT.formatted(relation));
  }

  private static String all(String kind, String catalogue, String key) {
    return "UNION ALL SELECT hashtextextended('%s ' || %s || '.' || a.xmin, 0) FROM pg_catalog.%s a\n"
        .formatted(kind, key, catalogue);
  }

  static String of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SQL)) {
      row.next();
      return row.getString(1);
    }
  }
}
