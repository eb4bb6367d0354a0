package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.jdbc.internal.analysis.Verb;
import dev.larder.jdbc.internal.catalog.CatalogueDraft;
import dev.larder.jdbc.internal.catalog.CatalogueQueries;
import dev.larder.jdbc.internal.catalog.Effect;
import dev.larder.jdbc.internal.catalog.Relation;
import dev.larder.jdbc.internal.catalog.RoutineKey;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One reading of the catalogue: where its queries run, and what they have found so far, by the oids
 * that the catalogue's tables refer to each other with. Not thread-safe.
 */
final class PostgresReading {

  private final CatalogueQueries queries;
  private final CatalogueDraft draft = new CatalogueDraft();
  private final Map<Long, Relation.Draft> relations = new HashMap<>();
  private final Map<Long, RoutineKey> routines = new HashMap<>();

  PostgresReading(CatalogueQueries queries) {
    this.queries = queries;
  }

  void each(String sql, CatalogueQueries.Row row) throws SQLException {
    queries.each(sql, row);
  }

  CatalogueDraft draft() {
    return draft;
  }

  void found(long oid, Relation.Draft relation) {
    relations.put(oid, relation);
  }

  void found(long oid, RoutineKey routine) {
    routines.put(oid, routine);
  }

  Relation.@Nullable Draft relation(long oid) {
    return relations.get(oid);
  }

  Iterable<Relation.Draft> relations() {
    return relations.values();
  }

  @Nullable RoutineKey routine(long oid) {
    return routines.get(oid);
  }

  /** Notes that a write to the relation calls a function, which need not be there any more. */
  void call(Relation.Draft written, Set<Verb> on, long function) {
    call(written, on, function, Effect.Moment.UNTOLD);
  }

  void call(Relation.Draft written, Set<Verb> on, long function, Effect.Moment moment) {
    RoutineKey routine = routines.get(function);
    written.effects.add(
        new Effect(
            on,
            routine != null
                ? new Effect.Calls(routine)
                : new Effect.Unknown("a function of " + written.name() + " is missing"),
            moment,
            null));
  }
}
