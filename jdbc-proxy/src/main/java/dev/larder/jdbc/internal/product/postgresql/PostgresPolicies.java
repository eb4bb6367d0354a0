package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.jdbc.internal.catalog.CatalogueDraft;
import dev.larder.jdbc.internal.catalog.Effect;
import dev.larder.jdbc.internal.catalog.Relation;
import dev.larder.jdbc.internal.catalog.RoutineKey;
import java.sql.Array;
import java.sql.SQLException;

/** Reads the policies of row-level security. Not thread-safe. */
final class PostgresPolicies {

  private final PostgresReading reading;

  PostgresPolicies(PostgresReading reading) {
    this.reading = reading;
  }

  void read() throws SQLException {
    conditions();
    calls();
  }

  private void conditions() throws SQLException {
    reading.each(
        """
        SELECT p.polrelid, p.polname, pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS condition,
            pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS with_check,
            (SELECT pg_catalog.array_agg(d.refobjid) FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass
                AND d.objid = p.oid AND d.refobjid <> p.polrelid
                AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass) AS tables
        FROM pg_catalog.pg_policy p
        JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
        WHERE c.relrowsecurity
        """,
        row -> {
          Relation.Draft table = reading.relation(row.getLong("polrelid"));
          if (table == null) {
            return;
          }
          String of = "policy " + row.getString("polname") + " of " + table.name();
          String condition = row.getString("condition");
          reading.draft().reads(condition);
          if (condition != null) {
            table.definitions.add(PostgresDefinitions.expression(of, condition));
          }
          String check = row.getString("with_check");
          if (check != null) {
            table.effects.add(
                new Effect(
                    CatalogueDraft.VALUE_VERBS,
                    new Effect.Runs(PostgresDefinitions.expression(of, check))));
          }
          Array tables = row.getArray("tables");
          if (tables != null) {
            for (Object oid : (Object[]) tables.getArray()) {
              Relation.Draft read = reading.relation(((Number) oid).longValue());
              if (read != null) {
                table.readsFrom.add(read.name());
              }
            }
          }
        });
  }

  private void calls() throws SQLException {
    reading.each(
        """
        SELECT p.polrelid, d.refobjid FROM pg_catalog.pg_policy p
        JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass
            AND d.objid = p.oid AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
        """,
        row -> {
          Relation.Draft table = reading.relation(row.getLong("polrelid"));
          RoutineKey routine = reading.routine(row.getLong("refobjid"));
          if (table != null && routine != null) {
            table.calls.add(routine);
          }
        });
  }
}
