package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.analysis.TextAnalyzer;
import dev.larder.jdbc.internal.analysis.Verb;
import dev.larder.jdbc.internal.catalog.Catalogue;
import dev.larder.jdbc.internal.catalog.CatalogueContents.Unnamed;
import dev.larder.jdbc.internal.catalog.CatalogueDraft;
import dev.larder.jdbc.internal.catalog.CatalogueDraft.Action;
import dev.larder.jdbc.internal.catalog.CatalogueQueries;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.catalog.Column;
import dev.larder.jdbc.internal.catalog.Definition;
import dev.larder.jdbc.internal.catalog.Effect;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations;
import dev.larder.jdbc.internal.catalog.PostgresOids;
import dev.larder.jdbc.internal.catalog.Relation;
import dev.larder.jdbc.internal.catalog.RelationKind;
import dev.larder.jdbc.internal.catalog.Routine;
import dev.larder.jdbc.internal.catalog.RoutineKey;
import dev.larder.jdbc.internal.catalog.SearchPath;
import dev.larder.jdbc.internal.rows.ColumnKind;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalogue of PostgreSQL 15 and newer. Thread-safe.
 *
 * <p>pg_catalog shows every object to every user, so nothing here depends on privileges.
 */
final class PostgresCatalogueReader implements CatalogueReader {

  /*
   * All queries see one snapshot, in a read-only transaction of the reader's own. Its search path is
   * empty, so that the texts which pg_get_viewdef and pg_get_expr print qualify every name but those
   * of pg_catalog; pg_depend gives the relations and routines behind a definition exactly, and the
   * texts add what pg_depend leaves out: the built-in functions, which the server pins.
   *
   * What a query can call without a trace in its text:
   * - operators, casts, and the input and output of types. Where one of these is not immutable it
   *   counts against every query, since no text shows where it is used. Of the extensions that come
   *   with PostgreSQL 15 to 18 (citext, hstore, ltree, intarray, isn, cube, seg, btree_gist ... all
   *   were looked at) only pg_trgm has any: its operators follow pg_trgm.similarity_threshold and
   *   its kin, which are settings and so part of the key, except that set_limit() changes one: it
   *   is treated as altering the session. They are let through by the name of their extension.
   *   PostGIS and pgvector declare theirs immutable. Binary send and receive functions follow
   *   the client's encoding only and do not count. Whatever else there is can be vouched for in
   *   larder.functions.
   * - checks and defaults of domains. They cannot shape an answer but they can write.
   * - a function of a row, called as if it were a column (book.full_name). Such a function, if not
   *   immutable, counts against the tables whose row it takes; one that takes any row counts
   *   against all, unless it is a stable one of an extension.
   *
   * - times with a zone, converted to a named zone: the offset taken is today's. Nothing in a text
   *   tells such a conversion from that of a timestamp, so relations with such a column are refused.
   *
   * Disabled triggers and rules count as enabled: session_replication_role switches them without a
   * trace in the catalogue.
   */

  private static final int TRIGGER_INSERT = 4;
  private static final int TRIGGER_DELETE = 8;
  private static final int TRIGGER_UPDATE = 16;
  private static final int TRIGGER_TRUNCATE = 32;

  // LIKE and its kin print as ~~, operators outside pg_catalog as OPERATOR(schema.name).
  private static final Pattern UNPARSEABLE_OPERATOR =
      Pattern.compile("\\s(?:!?~~\\*?|OPERATOR\\([^()\\s]+\\))\\s");

  private static final SearchPath BUILT_IN_NAMES = new SearchPath(List.of("pg_catalog"));

  private final TextAnalyzer analyzer;
  private final FunctionDeclarations declarations;

  PostgresCatalogueReader(TextAnalyzer analyzer, FunctionDeclarations declarations) {
    this.analyzer = analyzer;
    this.declarations = declarations;
  }

  @Override
  public Catalogue read(Connection connection) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    if (autoCommit) {
      connection.setAutoCommit(false);
    }
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        statement.execute("SET LOCAL search_path TO ''");
      }
      Reading reading = new Reading(new CatalogueQueries(connection));
      reading.all();
      leave(connection, autoCommit);
      return reading.draft.finish(PostgresBuiltIns.ALL, analyzer, declarations);
    } catch (SQLException | RuntimeException failure) {
      try {
        leave(connection, autoCommit);
      } catch (SQLException second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
  }

  @Override
  public String fingerprint(Connection connection) throws SQLException {
    return PostgresFingerprint.of(connection);
  }

  private static void leave(Connection connection, boolean autoCommit) throws SQLException {
    connection.rollback();
    if (autoCommit) {
      connection.setAutoCommit(true);
    }
  }

  /** One reading. */
  private static final class Reading {
    private final CatalogueQueries queries;
    private final CatalogueDraft draft = new CatalogueDraft();
    private final Map<Long, Relation.Draft> relations = new HashMap<>();
    private final Map<Long, RoutineKey> routines = new HashMap<>();

    Reading(CatalogueQueries queries) {
      this.queries = queries;
    }

    void all() throws SQLException {
      relations();
      routines();
      inheritance();
      foreignKeys();
      views();
      rules();
      policies();
      triggers();
      columnCalls();
      columns();
      unnamed();
      rowFunctions();
    }

    private void relations() throws SQLException {
      queries.each(
          """
          SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpersistence, EXISTS (
              SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
              AND a.atttypid IN ('pg_catalog.timetz'::pg_catalog.regtype,
                  'pg_catalog.timetz[]'::pg_catalog.regtype)) AS timetz
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
          """,
          row -> {
            String schema = row.getString("nspname");
            String relkind = row.getString("relkind");
            RelationKind kind = kind(schema, relkind, row.getString("relpersistence"));
            TableName name = new TableName(schema, row.getString("relname"));
            Relation.Draft relation = draft.add(name, kind, detail(kind, relkind), true);
            relations.put(row.getLong("oid"), relation);
            if (kind != RelationKind.SYSTEM && row.getBoolean("timetz")) {
              relation.untrackable(
                  "a relation with times of a zone, whose offset follows the date");
            }
            if (relkind.equals("f")) {
              // The server behind it may well be this one.
              relation.effects.add(
                  new Effect(
                      EnumSet.allOf(Verb.class),
                      new Effect.Unknown("writes " + name + ", a foreign table")));
            }
          });
    }

    private static RelationKind kind(String schema, String relkind, String persistence) {
      if (PostgresBuiltIns.ALL.systemSchemas().contains(schema)) {
        return RelationKind.SYSTEM;
      }
      if (persistence.equals("t")) {
        return RelationKind.TEMPORARY;
      }
      return switch (relkind) {
        case "v" -> RelationKind.VIEW;
        case "m" -> persistence.equals("p") ? RelationKind.MATERIALIZED_VIEW : untracked();
        case "r", "p" -> persistence.equals("p") ? RelationKind.TABLE : untracked();
        default -> untracked();
      };
    }

    private static RelationKind untracked() {
      return RelationKind.UNTRACKABLE;
    }

    private static String detail(RelationKind kind, String relkind) {
      if (kind != RelationKind.UNTRACKABLE) {
        return "";
      }
      return switch (relkind) {
        case "f" -> "a foreign table";
        case "S" -> "a sequence";
        default -> "an unlogged table, which a crash of the server empties";
      };
    }

    private void routines() throws SQLException {
      Map<Long, Set<RoutineKey>> aggregates = new HashMap<>();
      Map<Long, Set<Long>> parts = new HashMap<>();
      queries.each(
          """
          SELECT a.aggfnoid::pg_catalog.oid AS aggregate, part
          FROM pg_catalog.pg_aggregate a
          CROSS JOIN LATERAL unnest(ARRAY[aggtransfn, aggfinalfn, aggcombinefn, aggserialfn,
              aggdeserialfn, aggmtransfn, aggminvtransfn, aggmfinalfn]::pg_catalog.oid[]) AS part
          WHERE part <> 0 AND a.aggfnoid::pg_catalog.oid >= %s
          """
              .formatted(PostgresOids.FIRST_USER),
          row ->
              parts
                  .computeIfAbsent(row.getLong("aggregate"), any -> new HashSet<>())
                  .add(row.getLong("part")));
      Map<Long, Runnable> unfinished = new HashMap<>();
      queries.each(
          """
          SELECT p.oid, n.nspname, p.proname, p.prokind, p.provolatile, l.lanname,
              CASE WHEN l.lanname IN ('sql', 'plpgsql') AND p.oid >= %1$s
                  THEN coalesce(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc) END AS body,
              (SELECT pg_catalog.substring(setting, '^search_path=(.*)$')
                  FROM pg_catalog.unnest(p.proconfig) AS setting
                  WHERE setting LIKE 'search_path=%%' LIMIT 1) AS path,
              EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                  AND d.objid = p.oid AND d.deptype = 'e') AS extension
          FROM pg_catalog.pg_proc p
          JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
          JOIN pg_catalog.pg_language l ON l.oid = p.prolang
          """
              .formatted(PostgresOids.FIRST_USER),
          row -> {
            long oid = row.getLong("oid");
            RoutineKey key =
                new RoutineKey(
                    row.getString("nspname"), row.getString("proname"), Long.toString(oid));
            routines.put(oid, key);
            draft.reads(row.getString("body"));
            Routine.Origin origin = origin(oid, row);
            Routine.Volatility volatility = volatility(row.getString("provolatile"));
            if (parts.containsKey(oid)) {
              unfinished.put(
                  oid,
                  () ->
                      draft.add(
                          new Routine(
                              key,
                              origin,
                              volatility,
                              new Routine.Combines(aggregates.getOrDefault(oid, Set.of())))));
            } else {
              draft.add(new Routine(key, origin, volatility, body(key, row)));
            }
          });
      parts.forEach(
          (aggregate, oids) -> {
            Set<RoutineKey> keys = new HashSet<>();
            oids.forEach(
                oid ->
                    keys.add(
                        routines.getOrDefault(oid, new RoutineKey("", "a missing function", ""))));
            aggregates.put(aggregate, keys);
          });
      unfinished.values().forEach(Runnable::run);
    }

    private static Routine.Origin origin(long oid, ResultSet row) throws SQLException {
      if (oid < Long.parseLong(PostgresOids.FIRST_USER)) {
        return Routine.Origin.BUILT_IN;
      }
      boolean readable = row.getString("body") != null;
      return row.getBoolean("extension") && !readable
          ? Routine.Origin.EXTENSION
          : Routine.Origin.USER;
    }

    private static Routine.Volatility volatility(String provolatile) {
      return switch (provolatile) {
        case "i" -> Routine.Volatility.IMMUTABLE;
        case "s" -> Routine.Volatility.STABLE;
        default -> Routine.Volatility.VOLATILE;
      };
    }

    private static Routine.Body body(RoutineKey key, ResultSet row) throws SQLException {
      String text = row.getString("body");
      if (text == null) {
        return new Routine.Opaque("its language is " + row.getString("lanname"));
      }
      String path = row.getString("path");
      return new Routine.Source(
          new Definition(
              Definition.Form.BODY,
              "function " + key,
              text,
              path == null ? SearchPath.UNKNOWN : path(path)));
    }

    /** A function's own search_path, which holds whatever the session's is. */
    private static SearchPath path(String setting) {
      List<String> schemas =
          Arrays.stream(setting.split(",", -1))
              .map(part -> part.strip().replaceAll("^\"|\"$", ""))
              .filter(part -> !part.isEmpty())
              .toList();
      // "$user" depends on who calls; an empty path still searches pg_catalog.
      if (schemas.contains("$user") || schemas.contains("pg_temp")) {
        return SearchPath.UNKNOWN;
      }
      return schemas.isEmpty() ? BUILT_IN_NAMES : new SearchPath(schemas);
    }

    private void inheritance() throws SQLException {
      queries.each(
          "SELECT inhrelid, inhparent FROM pg_catalog.pg_inherits",
          row -> {
            Relation.Draft child = relations.get(row.getLong("inhrelid"));
            Relation.Draft parent = relations.get(row.getLong("inhparent"));
            if (child != null && parent != null) {
              draft.inherits(child.name(), parent.name());
            }
          });
    }

    private void foreignKeys() throws SQLException {
      queries.each(
          """
          SELECT conrelid, confrelid, confdeltype, confupdtype
          FROM pg_catalog.pg_constraint WHERE contype = 'f'
          """,
          row -> {
            Relation.Draft child = relations.get(row.getLong("conrelid"));
            Relation.Draft parent = relations.get(row.getLong("confrelid"));
            if (child != null && parent != null) {
              draft.foreignKey(
                  child.name(),
                  parent.name(),
                  action(row.getString("confdeltype")),
                  action(row.getString("confupdtype")));
            }
          });
    }

    private static Action action(String code) {
      return switch (code) {
        case "a", "r" -> Action.NONE;
        case "n", "d" -> Action.SET;
        default -> Action.CASCADE;
      };
    }

    private void views() throws SQLException {
      queries.each(
          """
          SELECT c.oid, pg_catalog.pg_get_viewdef(c.oid) AS definition
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          WHERE c.relkind = 'v' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
          """,
          row -> {
            Relation.Draft view = relations.get(row.getLong("oid"));
            if (view != null) {
              draft.reads(row.getString("definition"));
              view.definitions.add(
                  new Definition(
                      Definition.Form.QUERY,
                      "view " + view.name(),
                      parseable(CatalogueQueries.text(row, "definition")),
                      BUILT_IN_NAMES));
            }
          });
    }

    /** Rewrite rules: a view's own is its query, any other one is what writing sets off. */
    private void rules() throws SQLException {
      queries.each(
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
            Relation.Draft owner = relations.get(row.getLong("ev_class"));
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
        Relation.Draft read = relations.get(object);
        if (read != null && read != view && !materialized) {
          view.readsFrom.add(read.name());
        }
      } else if (materialized) {
        call(view, Set.of(Verb.REFRESH), object);
      } else {
        RoutineKey routine = routines.get(object);
        if (routine != null) {
          view.calls.add(routine);
        }
      }
    }

    private void rule(Relation.Draft owner, Set<Verb> on, boolean isRelation, long object) {
      if (isRelation) {
        Relation.Draft written = relations.get(object);
        if (written != null && written != owner) {
          for (Verb verb : CatalogueDraft.ROW_VERBS) {
            owner.effects.add(new Effect(on, new Effect.Writes(written.name(), verb)));
          }
        }
      } else {
        call(owner, on, object);
      }
    }

    private static Set<Verb> event(String type) {
      return switch (type) {
        case "2" -> Set.of(Verb.UPDATE);
        case "3" -> Set.of(Verb.INSERT);
        case "4" -> Set.of(Verb.DELETE);
        default -> CatalogueDraft.ROW_VERBS;
      };
    }

    private void call(Relation.Draft owner, Set<Verb> on, long function) {
      RoutineKey routine = routines.get(function);
      owner.effects.add(
          new Effect(
              on,
              routine != null
                  ? new Effect.Calls(routine)
                  : new Effect.Unknown("a function of " + owner.name() + " is missing")));
    }

    private void policies() throws SQLException {
      queries.each(
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
            Relation.Draft table = relations.get(row.getLong("polrelid"));
            if (table == null) {
              return;
            }
            String of = "policy " + row.getString("polname") + " of " + table.name();
            String condition = row.getString("condition");
            draft.reads(condition);
            if (condition != null) {
              table.definitions.add(expression(of, condition));
            }
            String check = row.getString("with_check");
            if (check != null) {
              table.effects.add(
                  new Effect(CatalogueDraft.VALUE_VERBS, new Effect.Runs(expression(of, check))));
            }
            Array tables = row.getArray("tables");
            if (tables != null) {
              for (Object oid : (Object[]) tables.getArray()) {
                Relation.Draft read = relations.get(((Number) oid).longValue());
                if (read != null) {
                  table.readsFrom.add(read.name());
                }
              }
            }
          });
      queries.each(
          """
          SELECT p.polrelid, d.refobjid FROM pg_catalog.pg_policy p
          JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass
              AND d.objid = p.oid AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
          """,
          row -> {
            Relation.Draft table = relations.get(row.getLong("polrelid"));
            RoutineKey routine = routines.get(row.getLong("refobjid"));
            if (table != null && routine != null) {
              table.calls.add(routine);
            }
          });
    }

    /**
     * The text with operators that the parser does not know put as equals signs: which operator it
     * is says nothing that is asked of the text.
     */
    private static String parseable(String text) {
      return UNPARSEABLE_OPERATOR.matcher(text).replaceAll(" = ");
    }

    private static Definition expression(String of, String text) {
      return new Definition(Definition.Form.EXPRESSION, of, parseable(text), BUILT_IN_NAMES);
    }

    private void triggers() throws SQLException {
      // Internal triggers enforce foreign keys, which are followed by themselves.
      queries.each(
          """
          SELECT t.tgrelid, t.tgtype, d.refobjid AS function
          FROM pg_catalog.pg_trigger t
          JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass
              AND d.objid = t.oid AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
          WHERE NOT t.tgisinternal
          UNION
          SELECT tgrelid, tgtype, tgfoid FROM pg_catalog.pg_trigger WHERE NOT tgisinternal
          """,
          row -> {
            Relation.Draft table = relations.get(row.getLong("tgrelid"));
            Set<Verb> on = triggerEvents(row.getInt("tgtype"));
            if (table != null && !on.isEmpty()) {
              call(table, on, row.getLong("function"));
            }
          });
    }

    private static Set<Verb> triggerEvents(int type) {
      EnumSet<Verb> events = EnumSet.noneOf(Verb.class);
      if ((type & TRIGGER_INSERT) != 0) {
        events.add(Verb.INSERT);
      }
      if ((type & TRIGGER_DELETE) != 0) {
        events.add(Verb.DELETE);
      }
      if ((type & TRIGGER_UPDATE) != 0) {
        events.add(Verb.UPDATE);
      }
      if ((type & TRIGGER_TRUNCATE) != 0) {
        events.add(Verb.TRUNCATE);
        events.add(Verb.TRUNCATE_CASCADE);
      }
      return events;
    }

    /** Functions in defaults, generated columns and checks. */
    /**
     * The types that compare by what they hold, as long as nobody has made an operator {@code =}
     * for them; a collation that is not deterministic has equals that differ.
     */
    private void columns() throws SQLException {
      queries.each(
          """
          SELECT a.attrelid, a.attname, a.attgenerated <> '' AS follows,
              CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_operator o WHERE o.oid >= %1$s
                      AND o.oprname = '=' AND (o.oprleft < %1$s OR o.oprright < %1$s)) THEN ''
                  WHEN a.atttypid IN ('pg_catalog.int2'::pg_catalog.regtype,
                      'pg_catalog.int4'::pg_catalog.regtype,
                      'pg_catalog.int8'::pg_catalog.regtype) THEN 'number'
                  WHEN a.atttypid = 'pg_catalog.uuid'::pg_catalog.regtype THEN 'uuid'
                  WHEN a.atttypid IN ('pg_catalog.text'::pg_catalog.regtype,
                      'pg_catalog.varchar'::pg_catalog.regtype) AND l.collisdeterministic
                      THEN 'text' END AS kind,
              EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = a.attrelid
                  AND i.indisunique AND i.indnkeyatts = 1 AND i.indkey[0] = a.attnum
                  AND i.indpred IS NULL) AS key
          FROM pg_catalog.pg_attribute a
          LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
          JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
          WHERE c.relkind = 'r' AND c.oid >= %1$s AND a.attnum > 0 AND NOT a.attisdropped
          """
              .formatted(PostgresOids.FIRST_USER),
          row -> {
            Relation.Draft table = relations.get(row.getLong("attrelid"));
            if (table != null) {
              String name = row.getString("attname");
              table.columns.add(
                  Column.of(
                      name,
                      columnKind(CatalogueQueries.text(row, "kind")),
                      row.getBoolean("follows")));
              if (row.getBoolean("key")) {
                table.keys.add(name);
              }
            }
          });
    }

    private static @Nullable ColumnKind columnKind(String kind) {
      return switch (kind) {
        case "number" -> ColumnKind.WHOLE_NUMBER;
        case "text" -> ColumnKind.TEXT;
        case "uuid" -> ColumnKind.UUID;
        default -> null;
      };
    }

    private void columnCalls() throws SQLException {
      queries.each(
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
            Relation.Draft table = relations.get(row.getLong("relation"));
            if (table != null) {
              call(table, CatalogueDraft.VALUE_VERBS, row.getLong("function"));
            }
          });
    }

    private void unnamed() throws SQLException {
      queries.each(
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
            RoutineKey routine = routines.get(row.getLong("function"));
            if (routine != null) {
              draft.add(new Unnamed(row.getString("what"), routine, row.getBoolean("answers")));
            }
          });
    }

    private void rowFunctions() throws SQLException {
      queries.each(
          """
          SELECT p.oid, t.typrelid
          FROM pg_catalog.pg_proc p
          JOIN pg_catalog.pg_type t ON t.oid = p.proargtypes[0]
          WHERE p.oid >= %s AND p.provolatile <> 'i' AND p.prokind = 'f'
              AND (p.pronargs - p.pronargdefaults <= 1 OR p.provariadic <> 0)
              AND (t.typtype = 'c' OR t.typname IN ('record', 'any', 'anyelement', 'anynonarray',
                  'anycompatible', 'anycompatiblenonarray') OR p.provariadic <> 0)
              AND (t.typtype = 'c' OR p.provolatile = 'v' OR NOT EXISTS (
                  SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                  AND d.objid = p.oid AND d.deptype = 'e'))
          """
              .formatted(PostgresOids.FIRST_USER),
          row -> {
            RoutineKey routine = routines.get(row.getLong("oid"));
            if (routine == null) {
              return;
            }
            long relation = row.getLong("typrelid");
            if (relation == 0) {
              relations.values().forEach(each -> each.rowFunctions.add(routine));
            } else {
              Relation.Draft draft = relations.get(relation);
              if (draft != null) {
                draft.rowFunctions.add(routine);
              }
            }
          });
    }
  }
}
