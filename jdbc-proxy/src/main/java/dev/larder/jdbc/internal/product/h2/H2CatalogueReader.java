package dev.larder.jdbc.internal.product.h2;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.analysis.TextAnalyzer;
import dev.larder.jdbc.internal.analysis.Verb;
import dev.larder.jdbc.internal.catalog.Catalogue;
import dev.larder.jdbc.internal.catalog.CatalogueContents;
import dev.larder.jdbc.internal.catalog.CatalogueContents.Unnamed;
import dev.larder.jdbc.internal.catalog.CatalogueDraft;
import dev.larder.jdbc.internal.catalog.CatalogueDraft.Action;
import dev.larder.jdbc.internal.catalog.CatalogueQueries;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.catalog.Column;
import dev.larder.jdbc.internal.catalog.Definition;
import dev.larder.jdbc.internal.catalog.Effect;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations;
import dev.larder.jdbc.internal.catalog.Relation;
import dev.larder.jdbc.internal.catalog.RelationKind;
import dev.larder.jdbc.internal.catalog.Routine;
import dev.larder.jdbc.internal.catalog.RoutineKey;
import dev.larder.jdbc.internal.catalog.SearchPath;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalogue of H2 2.x. Thread-safe.
 *
 * <p>INFORMATION_SCHEMA shows every table, view and constraint to every user.
 */
final class H2CatalogueReader implements CatalogueReader {

  /*
   * H2 prints a view's definition with every name qualified, so views resolve exactly. Functions in
   * defaults, generated columns, checks and domains can only write if they are aliases, that is Java
   * code: each such text is searched for the names of aliases rather than parsed, since it may hold
   * syntax the parser does not know (NEXT VALUE FOR).
   */

  private static final Pattern WORD = Pattern.compile("\\w+");

  private final TextAnalyzer analyzer;
  private final FunctionDeclarations declarations;

  H2CatalogueReader(TextAnalyzer analyzer, FunctionDeclarations declarations) {
    this.analyzer = analyzer;
    this.declarations = declarations;
  }

  @Override
  public Catalogue read(Connection connection) throws SQLException {
    Reading reading = new Reading(new CatalogueQueries(connection));
    reading.all();
    return reading.draft.finish(H2BuiltIns.ALL, analyzer, declarations);
  }

  @Override
  public String fingerprint(Connection connection) throws SQLException {
    return H2Fingerprint.ALL.of(connection);
  }

  /** One reading. */
  private static final class Reading {
    private final CatalogueQueries queries;
    private final CatalogueDraft draft = new CatalogueDraft();
    private final TreeMap<String, List<RoutineKey>> aliases =
        new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Reading(CatalogueQueries queries) {
      this.queries = queries;
    }

    void all() throws SQLException {
      relations();
      views();
      synonyms();
      routines();
      foreignKeys();
      triggers();
      values();
      columns();
    }

    /** Domains, and texts under a collation of the database, compare by rules of their own. */
    private void columns() throws SQLException {
      queries.each(
          """
          SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME,
              CASE WHEN DOMAIN_NAME IS NULL THEN DATA_TYPE END AS TYPE, DATA_TYPE, COLLATION_NAME,
              (IS_GENERATED = 'ALWAYS' OR COLUMN_ON_UPDATE IS NOT NULL) AS FOLLOWS, IS_VISIBLE
          FROM INFORMATION_SCHEMA.COLUMNS
          WHERE TABLE_SCHEMA <> 'INFORMATION_SCHEMA'
          ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION
          """,
          row -> {
            Relation.Draft table = draft.relation(name(row, "TABLE_SCHEMA", "TABLE_NAME"));
            if (table != null) {
              if (row.getBoolean("IS_VISIBLE")) {
                table.places.add(row.getString("COLUMN_NAME"));
              }
              String collation = CatalogueQueries.text(row, "COLLATION_NAME");
              table.columns.add(
                  Column.of(
                      row.getString("COLUMN_NAME"),
                      H2ColumnTypes.kind(CatalogueQueries.text(row, "TYPE"), collation),
                      H2ColumnTypes.family(CatalogueQueries.text(row, "DATA_TYPE")),
                      row.getBoolean("FOLLOWS")));
            }
          });
      queries.each(
          """
          SELECT TABLE_SCHEMA, TABLE_NAME, MIN(COLUMN_NAME) AS COLUMN_NAME
          FROM INFORMATION_SCHEMA.KEY_COLUMN_USAGE
          WHERE POSITION_IN_UNIQUE_CONSTRAINT IS NULL
          GROUP BY CONSTRAINT_SCHEMA, CONSTRAINT_NAME, TABLE_SCHEMA, TABLE_NAME
          HAVING COUNT(*) = 1
          """,
          row -> {
            Relation.Draft table = draft.relation(name(row, "TABLE_SCHEMA", "TABLE_NAME"));
            if (table != null) {
              table.keys.add(row.getString("COLUMN_NAME"));
              table.unique.add(row.getString("COLUMN_NAME"));
            }
          });
    }

    private void relations() throws SQLException {
      queries.each(
          """
          SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, STORAGE_TYPE, TABLE_CLASS
          FROM INFORMATION_SCHEMA.TABLES
          """,
          row -> {
            RelationKind kind = kind(row);
            Relation.Draft relation =
                draft.add(
                    name(row, "TABLE_SCHEMA", "TABLE_NAME"),
                    kind,
                    kind == RelationKind.UNTRACKABLE ? "kept outside this database" : "",
                    false);
            if (kind == RelationKind.UNTRACKABLE) {
              // What it links to may well be a table of this same database.
              relation.effects.add(
                  new Effect(
                      EnumSet.allOf(Verb.class),
                      new Effect.Unknown(
                          "writes " + relation.name() + ", which is kept elsewhere")));
            }
          });
    }

    private static RelationKind kind(ResultSet row) throws SQLException {
      String type = CatalogueQueries.text(row, "TABLE_TYPE");
      String storage = CatalogueQueries.text(row, "STORAGE_TYPE");
      if (H2BuiltIns.ALL
          .systemSchemas()
          .contains(CatalogueContents.lower(row.getString("TABLE_SCHEMA")))) {
        return RelationKind.SYSTEM;
      }
      if (type.contains("TEMPORARY")) {
        return RelationKind.TEMPORARY;
      }
      if (type.equals("VIEW")) {
        return CatalogueQueries.text(row, "TABLE_CLASS").endsWith(".MaterializedView")
            ? RelationKind.MATERIALIZED_VIEW
            : RelationKind.VIEW;
      }
      return type.equals("BASE TABLE") && (storage.equals("MEMORY") || storage.equals("CACHED"))
          ? RelationKind.TABLE
          : RelationKind.UNTRACKABLE;
    }

    private void views() throws SQLException {
      queries.each(
          """
          SELECT TABLE_SCHEMA, TABLE_NAME, VIEW_DEFINITION FROM INFORMATION_SCHEMA.VIEWS
          WHERE TABLE_SCHEMA <> 'INFORMATION_SCHEMA'
          """,
          row -> {
            Relation.Draft view = draft.relation(name(row, "TABLE_SCHEMA", "TABLE_NAME"));
            if (view != null && view.kind() == RelationKind.VIEW) {
              view.definitions.add(
                  new Definition(
                      Definition.Form.QUERY,
                      "view " + view.name(),
                      CatalogueQueries.text(row, "VIEW_DEFINITION"),
                      new SearchPath(List.of(view.name().schema()))));
            }
          });
    }

    private void synonyms() throws SQLException {
      queries.each(
          """
          SELECT SYNONYM_SCHEMA, SYNONYM_NAME, SYNONYM_FOR_SCHEMA, SYNONYM_FOR
          FROM INFORMATION_SCHEMA.SYNONYMS
          """,
          row ->
              draft
                  .add(name(row, "SYNONYM_SCHEMA", "SYNONYM_NAME"), RelationKind.VIEW, "", true)
                  .readsFrom
                  .add(name(row, "SYNONYM_FOR_SCHEMA", "SYNONYM_FOR")));
    }

    private void routines() throws SQLException {
      queries.each(
          """
          SELECT SPECIFIC_NAME, ROUTINE_SCHEMA, ROUTINE_NAME, IS_DETERMINISTIC
          FROM INFORMATION_SCHEMA.ROUTINES
          """,
          row -> {
            RoutineKey key =
                new RoutineKey(
                    row.getString("ROUTINE_SCHEMA"),
                    row.getString("ROUTINE_NAME"),
                    row.getString("SPECIFIC_NAME"));
            aliases.computeIfAbsent(key.name(), any -> new ArrayList<>(1)).add(key);
            draft.add(
                new Routine(
                    key,
                    Routine.Origin.USER,
                    "YES".equals(row.getString("IS_DETERMINISTIC"))
                        ? Routine.Volatility.IMMUTABLE
                        : Routine.Volatility.VOLATILE,
                    new Routine.Opaque("it is Java code")));
          });
    }

    /** The columns of each key, in their order, by the names of its schema and own. */
    private Map<List<String>, List<String>> keys(String order) throws SQLException {
      Map<List<String>, List<String>> keys = new HashMap<>();
      queries.each(
          """
          SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, COLUMN_NAME
          FROM INFORMATION_SCHEMA.KEY_COLUMN_USAGE WHERE %1$s IS NOT NULL ORDER BY %1$s
          """
              .formatted(order),
          row ->
              keys.computeIfAbsent(
                      List.of(row.getString("CONSTRAINT_SCHEMA"), row.getString("CONSTRAINT_NAME")),
                      any -> new ArrayList<>())
                  .add(row.getString("COLUMN_NAME")));
      return keys;
    }

    /** The columns of a unique key by those of one that references it; null where it is another. */
    private static @Nullable Map<String, String> columns(
        @Nullable List<String> referencing, @Nullable List<String> referenced) {
      if (referencing == null || referenced == null || referencing.size() != referenced.size()) {
        return null;
      }
      Map<String, String> columns = new HashMap<>();
      for (int i = 0; i < referencing.size(); i++) {
        columns.put(referencing.get(i), referenced.get(i));
      }
      return columns;
    }

    private void foreignKeys() throws SQLException {
      Map<List<String>, List<String>> keys = keys("ORDINAL_POSITION");
      Map<List<String>, List<String>> referencing = keys("POSITION_IN_UNIQUE_CONSTRAINT");
      queries.each(
          """
          SELECT CHILD.TABLE_SCHEMA AS CHILD_SCHEMA, CHILD.TABLE_NAME AS CHILD_NAME,
              PARENT.TABLE_SCHEMA AS PARENT_SCHEMA, PARENT.TABLE_NAME AS PARENT_NAME,
              R.DELETE_RULE, R.UPDATE_RULE, R.CONSTRAINT_SCHEMA, R.CONSTRAINT_NAME,
              R.UNIQUE_CONSTRAINT_SCHEMA, R.UNIQUE_CONSTRAINT_NAME
          FROM INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS R
          JOIN INFORMATION_SCHEMA.TABLE_CONSTRAINTS CHILD
              ON CHILD.CONSTRAINT_SCHEMA = R.CONSTRAINT_SCHEMA
              AND CHILD.CONSTRAINT_NAME = R.CONSTRAINT_NAME
          JOIN INFORMATION_SCHEMA.TABLE_CONSTRAINTS PARENT
              ON PARENT.CONSTRAINT_SCHEMA = R.UNIQUE_CONSTRAINT_SCHEMA
              AND PARENT.CONSTRAINT_NAME = R.UNIQUE_CONSTRAINT_NAME
          """,
          row ->
              draft.foreignKey(
                  name(row, "CHILD_SCHEMA", "CHILD_NAME"),
                  name(row, "PARENT_SCHEMA", "PARENT_NAME"),
                  Action.ofRule(row.getString("DELETE_RULE")),
                  Action.ofRule(row.getString("UPDATE_RULE")),
                  columns(
                      referencing.get(
                          List.of(
                              row.getString("CONSTRAINT_SCHEMA"),
                              row.getString("CONSTRAINT_NAME"))),
                      keys.get(
                          List.of(
                              row.getString("UNIQUE_CONSTRAINT_SCHEMA"),
                              row.getString("UNIQUE_CONSTRAINT_NAME"))))));
    }

    private void triggers() throws SQLException {
      queries.each(
          """
          SELECT TRIGGER_SCHEMA, TRIGGER_NAME, EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE,
              EVENT_MANIPULATION, JAVA_CLASS
          FROM INFORMATION_SCHEMA.TRIGGERS
          """,
          row -> {
            Relation.Draft table =
                draft.relation(name(row, "EVENT_OBJECT_SCHEMA", "EVENT_OBJECT_TABLE"));
            if (table == null) {
              return;
            }
            String events = CatalogueQueries.text(row, "EVENT_MANIPULATION");
            String javaClass = CatalogueQueries.text(row, "JAVA_CLASS");
            if (events.contains("SELECT")) {
              table.untrackable("a table with a trigger on SELECT");
            }
            EnumSet<Verb> on = EnumSet.noneOf(Verb.class);
            for (Verb verb : CatalogueDraft.ROW_VERBS) {
              if (events.contains(verb.name())) {
                on.add(verb);
              }
            }
            if (on.isEmpty()) {
              on = EnumSet.allOf(Verb.class);
            }
            table.effects.add(
                new Effect(
                    on,
                    new Effect.RunsForeignCode(
                        javaClass.isEmpty() ? row.getString("TRIGGER_NAME") : javaClass)));
          });
    }

    /** Defaults, generated columns, checks and domains, searched for aliases. */
    private void values() throws SQLException {
      if (aliases.isEmpty()) {
        return;
      }
      queries.each(
          """
          SELECT TABLE_SCHEMA, TABLE_NAME, CONCAT_WS(' ', COLUMN_DEFAULT, COLUMN_ON_UPDATE,
              GENERATION_EXPRESSION) AS TEXT
          FROM INFORMATION_SCHEMA.COLUMNS
          WHERE COALESCE(COLUMN_DEFAULT, COLUMN_ON_UPDATE, GENERATION_EXPRESSION) LIKE '%(%'
          UNION ALL
          SELECT T.TABLE_SCHEMA, T.TABLE_NAME, C.CHECK_CLAUSE
          FROM INFORMATION_SCHEMA.CHECK_CONSTRAINTS C
          JOIN INFORMATION_SCHEMA.TABLE_CONSTRAINTS T
              ON T.CONSTRAINT_SCHEMA = C.CONSTRAINT_SCHEMA
              AND T.CONSTRAINT_NAME = C.CONSTRAINT_NAME
          """,
          row -> {
            Relation.Draft table = draft.relation(name(row, "TABLE_SCHEMA", "TABLE_NAME"));
            if (table != null) {
              for (RoutineKey alias : aliasesIn(CatalogueQueries.text(row, "TEXT"))) {
                table.effects.add(new Effect(CatalogueDraft.VALUE_VERBS, new Effect.Calls(alias)));
              }
            }
          });
      queries.each(
          """
          SELECT DOMAIN_NAME, CONCAT_WS(' ', DOMAIN_DEFAULT, DOMAIN_ON_UPDATE) AS TEXT
          FROM INFORMATION_SCHEMA.DOMAINS
          UNION ALL
          SELECT D.DOMAIN_NAME, C.CHECK_CLAUSE
          FROM INFORMATION_SCHEMA.CHECK_CONSTRAINTS C
          JOIN INFORMATION_SCHEMA.DOMAIN_CONSTRAINTS D
              ON D.CONSTRAINT_SCHEMA = C.CONSTRAINT_SCHEMA
              AND D.CONSTRAINT_NAME = C.CONSTRAINT_NAME
          """,
          row -> {
            for (RoutineKey alias : aliasesIn(CatalogueQueries.text(row, "TEXT"))) {
              draft.add(new Unnamed("domain " + row.getString("DOMAIN_NAME"), alias, false));
            }
          });
    }

    private Set<RoutineKey> aliasesIn(String text) {
      Set<RoutineKey> found = new HashSet<>();
      Matcher words = WORD.matcher(text);
      while (words.find()) {
        found.addAll(aliases.getOrDefault(words.group(), List.of()));
      }
      return found;
    }

    private static TableName name(ResultSet row, String schema, String name) throws SQLException {
      return new TableName(row.getString(schema), row.getString(name));
    }
  }
}
