package dev.larder.jdbc.internal.product.mysqlprotocol;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.analysis.TextAnalyzer;
import dev.larder.jdbc.internal.analysis.Verb;
import dev.larder.jdbc.internal.catalog.BuiltIns;
import dev.larder.jdbc.internal.catalog.Catalogue;
import dev.larder.jdbc.internal.catalog.CatalogueContents;
import dev.larder.jdbc.internal.catalog.CatalogueDraft;
import dev.larder.jdbc.internal.catalog.CatalogueDraft.Action;
import dev.larder.jdbc.internal.catalog.CatalogueQueries;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.catalog.Definition;
import dev.larder.jdbc.internal.catalog.Effect;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations;
import dev.larder.jdbc.internal.catalog.Relation;
import dev.larder.jdbc.internal.catalog.RelationKind;
import dev.larder.jdbc.internal.catalog.SearchPath;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a catalogue out of the information_schema. Thread-safe. */
public final class InformationSchemaReader implements CatalogueReader {

  /*
   * It shows an ordinary user only what the user has privileges on, without
   * saying that there is more. So the grants are read first, and what they hide is distrusted:
   * - a table that does not show is unknown: not cached, and writing it writes everything;
   * - triggers show only with the TRIGGER privilege: without it, writing the table writes everything;
   * - a view's definition is empty without SHOW VIEW, a routine's body NULL: both are opaque;
   * - tables that reference this one may be hidden: within a schema that does not show completely, a
   *   DELETE or UPDATE writes everything. Across schemas, where hiding is the rule, the other side
   *   helps: whoever reads a referencing table sees its foreign keys, so the referenced table joins
   *   that footprint.
   * Stored functions are kept out of defaults, checks and generated columns, but a virtual column
   * may call rand() or now() on MariaDB: its expression is judged when the table is read.
   */

  private final InformationSchema schema;
  private final TextAnalyzer analyzer;
  private final FunctionDeclarations declarations;

  public InformationSchemaReader(
      InformationSchema schema, TextAnalyzer analyzer, FunctionDeclarations declarations) {
    this.schema = schema;
    this.analyzer = analyzer;
    this.declarations = declarations;
  }

  @Override
  public Catalogue read(Connection connection) throws SQLException {
    Reading reading = new Reading(schema, new CatalogueQueries(connection));
    reading.all();
    return reading.draft.finish(reading.builtIns, analyzer, declarations);
  }

  @Override
  public String fingerprint(Connection connection) throws SQLException {
    return schema.fingerprint(connection);
  }

  /** One reading. */
  private static final class Reading {
    private final InformationSchema schema;
    private final CatalogueQueries queries;
    private final BuiltIns builtIns;
    private final CatalogueDraft draft = new CatalogueDraft();
    private final Grants grants = new Grants();
    private final Map<TableName, Relation.Draft> byLowerName = new HashMap<>();

    Reading(InformationSchema schema, CatalogueQueries queries) throws SQLException {
      this.schema = schema;
      this.queries = queries;
      this.builtIns = schema.builtIns(queries);
    }

    void all() throws SQLException {
      queries.each(schema.grants(queries), row -> grants.add(row.getString(1)));
      relations();
      hidden();
      views();
      virtualColumns();
      foreignKeys();
      new BodiesReading(schema, queries, draft, this::find).read();
      new ColumnsReading(schema, queries, this::find).read();
    }

    private void relations() throws SQLException {
      queries.each(
          """
          SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, ENGINE, CREATE_OPTIONS
          FROM information_schema.TABLES
          """,
          row -> {
            String owner = row.getString("TABLE_SCHEMA");
            String type = CatalogueQueries.text(row, "TABLE_TYPE");
            String engine = CatalogueQueries.text(row, "ENGINE").toUpperCase(Locale.ROOT);
            boolean copied =
                CatalogueQueries.text(row, "CREATE_OPTIONS")
                    .toUpperCase(Locale.ROOT)
                    .contains("SECONDARY_ENGINE");
            RelationKind kind = kind(owner, type, copied ? "" : engine);
            TableName name = new TableName(owner, row.getString("TABLE_NAME"));
            Relation.Draft relation =
                draft.add(
                    name,
                    kind,
                    detail(kind, type, copied ? "with a secondary engine" : "of engine " + engine),
                    false);
            byLowerName.put(lower(name), relation);
            if (kind == RelationKind.UNTRACKABLE && !schema.enginesOfOwn().contains(engine)) {
              // A FEDERATED, SPIDER or CONNECT table may lead back to a table of this server.
              relation.effects.add(
                  unknown(EnumSet.allOf(Verb.class), "writes " + name + " of engine " + engine));
            }
          });
    }

    private RelationKind kind(String owner, String type, String engine) {
      if (builtIns.systemSchemas().contains(CatalogueContents.lower(owner))
          || type.equals("SYSTEM VIEW")) {
        return RelationKind.SYSTEM;
      }
      return switch (type) {
        case "VIEW" -> RelationKind.VIEW;
        case "BASE TABLE" ->
            engine.equals("INNODB") ? RelationKind.TABLE : RelationKind.UNTRACKABLE;
        default -> type.contains("TEMPORARY") ? RelationKind.TEMPORARY : RelationKind.UNTRACKABLE;
      };
    }

    private static String detail(RelationKind kind, String type, String storage) {
      if (kind != RelationKind.UNTRACKABLE) {
        return "";
      }
      return switch (type) {
        case "SEQUENCE" -> "a sequence";
        case "SYSTEM VERSIONED" -> "system-versioned";
        default -> storage;
      };
    }

    private void hidden() {
      Map<String, Boolean> complete = new HashMap<>();
      for (Relation.Draft relation : draft.relations()) {
        String owner = relation.name().schema();
        if (relation.kind() == RelationKind.VIEW || relation.kind() == RelationKind.SYSTEM) {
          continue;
        }
        if (!grants.showTriggers(owner, relation.name().name())) {
          relation.effects.add(
              unknown(
                  EnumSet.allOf(Verb.class),
                  "the triggers of " + relation.name() + " do not show without TRIGGER"));
        } else if (!complete.computeIfAbsent(owner, grants::showAllTables)) {
          relation.effects.add(
              unknown(
                  EnumSet.of(Verb.UPDATE, Verb.DELETE),
                  "tables that reference " + relation.name() + " may not show"));
        }
      }
    }

    private static Effect unknown(Set<Verb> on, String why) {
      return new Effect(on, new Effect.Unknown(why));
    }

    private void views() throws SQLException {
      queries.each(
          """
          SELECT TABLE_SCHEMA, TABLE_NAME, VIEW_DEFINITION FROM information_schema.VIEWS
          WHERE TABLE_SCHEMA NOT IN ('sys', 'mysql', 'information_schema', 'performance_schema')
          """,
          row -> {
            Relation.Draft view = find(row, "TABLE_SCHEMA", "TABLE_NAME");
            if (view != null) {
              view.definitions.add(
                  new Definition(
                      Definition.Form.QUERY,
                      "view " + view.name(),
                      CatalogueQueries.text(row, "VIEW_DEFINITION"),
                      path(view)));
            }
          });
    }

    private void virtualColumns() throws SQLException {
      queries.each(
          schema.virtualColumns(),
          row -> {
            Relation.Draft table = find(row, "TABLE_SCHEMA", "TABLE_NAME");
            if (table != null) {
              table.definitions.add(
                  new Definition(
                      Definition.Form.EXPRESSION,
                      "column " + row.getString("COLUMN_NAME") + " of " + table.name(),
                      schema.expression(CatalogueQueries.text(row, "GENERATION_EXPRESSION")),
                      path(table)));
            }
          });
    }

    /**
     * The columns that each foreign key references, by those that do, and by the names of its
     * schema, table and own; none of two whose names differ in case only.
     */
    private Map<List<String>, Map<String, String>> referenced() throws SQLException {
      Map<List<String>, Map<String, String>> referenced = new HashMap<>();
      Set<List<Object>> places = new HashSet<>();
      Set<List<String>> twice = new HashSet<>();
      queries.each(
          """
          SELECT CONSTRAINT_SCHEMA, TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME, ORDINAL_POSITION,
              REFERENCED_COLUMN_NAME
          FROM information_schema.KEY_COLUMN_USAGE WHERE REFERENCED_COLUMN_NAME IS NOT NULL
          """,
          row -> {
            List<String> constraint = constraint(row);
            referenced
                .computeIfAbsent(constraint, any -> new HashMap<>())
                .put(row.getString("COLUMN_NAME"), row.getString("REFERENCED_COLUMN_NAME"));
            if (!places.add(List.of(constraint, row.getInt("ORDINAL_POSITION")))) {
              twice.add(constraint);
            }
          });
      referenced.keySet().removeAll(twice);
      return referenced;
    }

    private static List<String> constraint(ResultSet row) throws SQLException {
      return List.of(
          CatalogueContents.lower(row.getString("CONSTRAINT_SCHEMA")),
          CatalogueContents.lower(row.getString("TABLE_NAME")),
          CatalogueContents.lower(row.getString("CONSTRAINT_NAME")));
    }

    private void foreignKeys() throws SQLException {
      Map<List<String>, Map<String, String>> referenced = referenced();
      queries.each(
          """
          SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, TABLE_NAME, UNIQUE_CONSTRAINT_SCHEMA, REFERENCED_TABLE_NAME,
              DELETE_RULE, UPDATE_RULE
          FROM information_schema.REFERENTIAL_CONSTRAINTS
          """,
          row -> {
            Relation.Draft child = find(row, "CONSTRAINT_SCHEMA", "TABLE_NAME");
            if (child == null) {
              return;
            }
            Action onDelete = Action.ofRule(row.getString("DELETE_RULE"));
            Action onUpdate = Action.ofRule(row.getString("UPDATE_RULE"));
            Relation.Draft parent = find(row, "UNIQUE_CONSTRAINT_SCHEMA", "REFERENCED_TABLE_NAME");
            if (parent != null) {
              draft.foreignKey(
                  child.name(), parent.name(), onDelete, onUpdate, referenced.get(constraint(row)));
            }
            boolean follows = onDelete != Action.NONE || onUpdate != Action.NONE;
            String parentSchema = CatalogueQueries.text(row, "UNIQUE_CONSTRAINT_SCHEMA");
            if (follows && !parentSchema.equalsIgnoreCase(child.name().schema())) {
              child.readsFrom.add(
                  parent != null
                      ? parent.name()
                      : new TableName(
                          parentSchema, CatalogueQueries.text(row, "REFERENCED_TABLE_NAME")));
            }
          });
    }

    private static SearchPath path(Relation.Draft relation) {
      return new SearchPath(List.of(relation.name().schema()));
    }

    private Relation.@Nullable Draft find(ResultSet row, String schema, String name)
        throws SQLException {
      TableName found =
          new TableName(CatalogueQueries.text(row, schema), CatalogueQueries.text(row, name));
      Relation.Draft exact = draft.relation(found);
      return exact != null ? exact : byLowerName.get(lower(found));
    }

    private static TableName lower(TableName name) {
      return new TableName(
          CatalogueContents.lower(name.schema()), CatalogueContents.lower(name.name()));
    }
  }
}
