package dev.larder.jdbc.internal.product.mysqlprotocol;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.analysis.Verb;
import dev.larder.jdbc.internal.catalog.CatalogueDraft;
import dev.larder.jdbc.internal.catalog.CatalogueQueries;
import dev.larder.jdbc.internal.catalog.Definition;
import dev.larder.jdbc.internal.catalog.Effect;
import dev.larder.jdbc.internal.catalog.Relation;
import dev.larder.jdbc.internal.catalog.Routine;
import dev.larder.jdbc.internal.catalog.RoutineKey;
import dev.larder.jdbc.internal.catalog.SearchPath;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the bodies of triggers and routines. Not thread-safe. */
final class BodiesReading {

  private final InformationSchema schema;
  private final CatalogueQueries queries;
  private final CatalogueDraft draft;
  private final ColumnsReading.Tables tables;

  BodiesReading(
      InformationSchema schema,
      CatalogueQueries queries,
      CatalogueDraft draft,
      ColumnsReading.Tables tables) {
    this.schema = schema;
    this.queries = queries;
    this.draft = draft;
    this.tables = tables;
  }

  private record Trigger(
      Relation.Draft table, TableName name, String event, String shown, boolean after) {}

  private record Stored(RoutineKey key, boolean pure, String shown) {}

  void read() throws SQLException {
    triggers();
    routines();
  }

  private void triggers() throws SQLException {
    List<Trigger> triggers = new ArrayList<>();
    queries.each(
        """
        SELECT TRIGGER_SCHEMA, TRIGGER_NAME, EVENT_MANIPULATION, EVENT_OBJECT_SCHEMA,
            EVENT_OBJECT_TABLE, ACTION_STATEMENT, ACTION_TIMING
        FROM information_schema.TRIGGERS
        """,
        row -> {
          Relation.Draft table = tables.find(row, "EVENT_OBJECT_SCHEMA", "EVENT_OBJECT_TABLE");
          if (table != null) {
            triggers.add(
                new Trigger(
                    table,
                    new TableName(row.getString("TRIGGER_SCHEMA"), row.getString("TRIGGER_NAME")),
                    CatalogueQueries.text(row, "EVENT_MANIPULATION"),
                    CatalogueQueries.text(row, "ACTION_STATEMENT"),
                    CatalogueQueries.text(row, "ACTION_TIMING").equals("AFTER")));
          }
        });
    for (Trigger trigger : triggers) {
      trigger.table.effects.add(
          new Effect(
              events(trigger.event),
              new Effect.Runs(
                  body("TRIGGER", "trigger " + trigger.name.name(), trigger.name, trigger.shown)),
              trigger.after ? Effect.Moment.APART : Effect.Moment.BEFORE_ROW,
              null));
    }
  }

  /** INSERT ... ON DUPLICATE KEY UPDATE and REPLACE fire more than the triggers on INSERT. */
  private static Set<Verb> events(String event) {
    return switch (event) {
      case "INSERT" -> Set.of(Verb.INSERT);
      case "UPDATE" -> Set.of(Verb.UPDATE);
      case "DELETE" -> Set.of(Verb.DELETE);
      default -> CatalogueDraft.ROW_VERBS;
    };
  }

  private void routines() throws SQLException {
    List<Stored> routines = new ArrayList<>();
    queries.each(
        schema.routines(),
        row ->
            routines.add(
                new Stored(
                    new RoutineKey(
                        row.getString("ROUTINE_SCHEMA"),
                        row.getString("ROUTINE_NAME"),
                        CatalogueQueries.text(row, "ROUTINE_TYPE")),
                    "YES".equals(row.getString("IS_DETERMINISTIC"))
                        && "NO SQL".equals(row.getString("SQL_DATA_ACCESS")),
                    CatalogueQueries.text(row, "ROUTINE_DEFINITION"))));
    for (Stored routine : routines) {
      RoutineKey key = routine.key;
      TableName name = new TableName(key.schema(), key.name());
      draft.add(
          new Routine(
              key,
              Routine.Origin.USER,
              routine.pure ? Routine.Volatility.IMMUTABLE : Routine.Volatility.VOLATILE,
              new Routine.Source(body(key.specific(), "function " + key, name, routine.shown))));
    }
  }

  private Definition body(String type, String of, TableName name, String shown)
      throws SQLException {
    String text = shown.isEmpty() ? shown : schema.body(queries, type, name, shown);
    return new Definition(Definition.Form.BODY, of, text, new SearchPath(List.of(name.schema())));
  }
}
