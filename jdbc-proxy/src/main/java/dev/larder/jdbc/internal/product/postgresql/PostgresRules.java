package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.jdbc.internal.analysis.Verb;
import dev.larder.jdbc.internal.catalog.CatalogueDraft;
import dev.larder.jdbc.internal.catalog.CatalogueQueries;
import dev.larder.jdbc.internal.catalog.Effect;
import dev.larder.jdbc.internal.catalog.Relation;
import dev.larder.jdbc.internal.catalog.RelationKind;
import dev.larder.jdbc.internal.catalog.RoutineKey;
import java.sql.SQLException;
import java.util.Set;

/**
 * Reads the rewrite rules: a view's own is its query, any other one is what writing sets off. A
 * disabled rule counts as enabled, as a disabled trigger does. Not thread-safe.
 */
final class PostgresRules {

  private final PostgresReading reading;

  PostgresRules(PostgresReading reading) {
    this.reading = reading;
  }

  void read() throws SQLException {
    views();
    rules();
  }

  private void views() throws SQLException {
    reading.each(
        """
        SELECT c.oid, pg_catalog.pg_get_viewdef(c.oid) AS definition
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'v' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        """,
        row -> {
          Relation.Draft view = reading.relation(row.getLong("oid"));
          if (view != null) {
            reading.draft().reads(row.getString("definition"));
            view.definitions.add(
                PostgresDefinitions.query(
                    "view " + view.name(), CatalogueQueries.text(row, "definition")));
          }
        });
  }

  private void rules() throws SQLException {
    reading.each(
        """
        SELECT DISTINCT r.ev_class, r.ev_type, r.rulename, c.relkind, d.refclassid::pg_catalog.oid
            = 'pg_catalog.pg_class'::pg_catalog.regclass AS relation,
            CASE WHEN d.refclassid = 'pg_catalog.pg_operator'::pg_catalog.regclass
                THEN (SELECT oprcode::pg_catalog.oid FROM pg_catalog.pg_operator
                    WHERE oid = d.refobjid)
                ELSE d.refobjid END AS object
        FROM pg_catalog.pg_rewrite r
        JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
        JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
            AND d.objid = r.oid AND d.refclassid IN (
                'pg_catalog.pg_class'::pg_catalog.regclass,
                'pg_catalog.pg_proc'::pg_catalog.regclass,
                'pg_catalog.pg_operator'::pg_catalog.regclass)
        """,
        row -> {
          Relation.Draft owner = reading.relation(row.getLong("ev_class"));
          if (owner == null || owner.kind() == RelationKind.SYSTEM) {
            return;
          }
          boolean isRelation = row.getBoolean("relation");
          long object = row.getLong("object");
          if (row.getString("ev_type").equals("1")) {
            query(owner, row.getString("relkind"), isRelation, object);
          } else {
            rule(owner, event(row.getString("ev_type")), isRelation, object);
          }
        });
  }

  private void query(Relation.Draft view, String relkind, boolean isRelation, long object) {
    boolean materialized = relkind.equals("m");
    if (isRelation) {
      Relation.Draft read = reading.relation(object);
      if (read != null && read != view && !materialized) {
        view.readsFrom.add(read.name());
      }
    } else if (materialized) {
      reading.call(view, Set.of(Verb.REFRESH), object);
    } else {
      RoutineKey routine = reading.routine(object);
      if (routine != null) {
        view.calls.add(routine);
      }
    }
  }

  private void rule(Relation.Draft owner, Set<Verb> on, boolean isRelation, long object) {
    if (isRelation) {
      Relation.Draft written = reading.relation(object);
      // Every rule depends on its own table, whether or not it writes other rows of that.
      if (written != null && (written != owner || owner.kind() == RelationKind.TABLE)) {
        for (Verb verb : CatalogueDraft.ROW_VERBS) {
          owner.effects.add(new Effect(on, new Effect.Writes(written.name(), verb)));
        }
      }
    } else {
      reading.call(owner, on, object);
    }
  }

  static Set<Verb> event(String type) {
    return switch (type) {
      case "2" -> Set.of(Verb.UPDATE);
      case "3" -> Set.of(Verb.INSERT);
      case "4" -> Set.of(Verb.DELETE);
      default -> CatalogueDraft.ROW_VERBS;
    };
  }
}
