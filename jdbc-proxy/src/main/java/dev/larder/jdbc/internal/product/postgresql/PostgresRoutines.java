package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.jdbc.internal.catalog.Definition;
import dev.larder.jdbc.internal.catalog.PostgresOids;
import dev.larder.jdbc.internal.catalog.Routine;
import dev.larder.jdbc.internal.catalog.RoutineKey;
import dev.larder.jdbc.internal.catalog.SearchPath;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the functions, procedures and aggregates. Not thread-safe. */
final class PostgresRoutines {

  /*
   * A function of one argument can be called as if it were a column (book.full_name, (id).f), a
   * built-in too ((at).age). Its name stands behind a dot then, so each routine is told apart by
   * what it may be an attribute of: what is a row converts to a type of rows, a pseudo-type, a
   * domain of either, and to whatever somebody made an implicit cast for.
   */

  // How a body in standard SQL is printed.
  private static final Pattern RETURNED = Pattern.compile("(?is)RETURN\\s+(.*)");
  private static final Pattern ATOMIC = Pattern.compile("(?is)BEGIN\\s+ATOMIC\\s(.*?);?\\s*END");

  private final PostgresReading reading;

  PostgresRoutines(PostgresReading reading) {
    this.reading = reading;
  }

  void read() throws SQLException {
    reading.draft().holdsEveryRoutine();
    Map<Long, Set<Long>> parts = partsOfAggregates();
    List<Runnable> unfinished = new ArrayList<>();
    reading.each(
        """
        SELECT p.oid, n.nspname, p.proname, p.prokind, p.provolatile, l.lanname,
            CASE WHEN l.lanname IN ('sql', 'plpgsql') AND p.oid >= %1$s
                THEN coalesce(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc) END AS body,
            (SELECT pg_catalog.substring(setting, '^search_path=(.*)$')
                FROM pg_catalog.unnest(p.proconfig) AS setting
                WHERE setting LIKE 'search_path=%%' LIMIT 1) AS path,
            EXISTS (SELECT FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                AND d.objid = p.oid AND d.deptype = 'e') AS extension,
            CASE WHEN p.oid >= %1$s AND p.pronargdefaults > 0
                THEN pg_catalog.pg_get_expr(p.proargdefaults, 0) END AS defaults,
            l.lanname = 'plpgsql' AND EXISTS (SELECT FROM pg_catalog.unnest(p.proargtypes) AS g(type)
                WHERE NOT %2$s) AS texts,
            l.lanname = 'plpgsql' AND EXISTS (
                SELECT FROM pg_catalog.unnest(p.proallargtypes || p.prorettype) AS g(type)
                JOIN pg_catalog.pg_type t ON t.oid = g.type
                WHERE t.oid >= %1$s OR t.typcategory IN ('D', 'A', 'R', 'P')) AS times,
            p.oid >= %1$s AND (
                'pg_catalog.timetz'::pg_catalog.regtype = ANY (p.proargtypes)
                OR ('pg_catalog.time'::pg_catalog.regtype = ANY (p.proargtypes)
                    AND p.prosrc ILIKE '%%zone%%')) AS zoned,
            p.prosqlbody IS NOT NULL AS printed, EXISTS (
                SELECT FROM pg_catalog.unnest(p.proconfig) AS setting
                WHERE setting NOT LIKE 'search_path=%%') AS configured,
            CASE WHEN p.prokind = 'p' OR p.pronargs = 0
                    OR (p.pronargs - p.pronargdefaults > 1 AND p.provariadic = 0) THEN 'nothing'
                WHEN EXISTS (SELECT FROM pg_catalog.pg_type t
                        WHERE t.oid IN (p.proargtypes[0], p.provariadic)
                        AND t.typtype IN ('c', 'd', 'p'))
                    OR EXISTS (SELECT FROM pg_catalog.pg_cast k
                        JOIN pg_catalog.pg_type t ON t.oid = k.castsource
                        WHERE k.castcontext = 'i' AND t.typtype = 'c') THEN 'rows'
                ELSE 'values' END AS attribute
        FROM pg_catalog.pg_proc p
        JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        JOIN pg_catalog.pg_language l ON l.oid = p.prolang
        """
            .formatted(PostgresOids.FIRST_USER, PostgresTypes.isPlain("g.type")),
        row -> {
          long oid = row.getLong("oid");
          RoutineKey key =
              new RoutineKey(
                  row.getString("nspname"), row.getString("proname"), Long.toString(oid));
          reading.found(oid, key);
          String defaults = row.getString("defaults");
          reading.draft().reads(row.getString("body"));
          reading.draft().reads(defaults);
          Routine.Origin origin = origin(oid, row);
          // A time that is given to it takes the offset of the current date, before it begins.
          Routine.Volatility volatility =
              volatility(row.getBoolean("zoned") ? "v" : row.getString("provolatile"));
          Routine.AttributeOf attribute = attribute(row.getString("attribute"));
          Set<Long> combined = parts.get(oid);
          if (combined == null) {
            Definition left =
                defaults == null
                    ? null
                    : PostgresDefinitions.expression("a default of function " + key, defaults);
            reading
                .draft()
                .add(new Routine(key, origin, volatility, body(key, row), attribute, left));
          } else {
            unfinished.add(
                () ->
                    reading
                        .draft()
                        .add(
                            new Routine(
                                key,
                                origin,
                                volatility,
                                new Routine.Combines(keys(combined)),
                                attribute,
                                null)));
          }
        });
    // The functions that an aggregate is made of may have been listed after it.
    unfinished.forEach(Runnable::run);
  }

  private Map<Long, Set<Long>> partsOfAggregates() throws SQLException {
    Map<Long, Set<Long>> parts = new HashMap<>();
    reading.each(
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
    return parts;
  }

  private Set<RoutineKey> keys(Set<Long> oids) {
    Set<RoutineKey> keys = new HashSet<>();
    for (long oid : oids) {
      RoutineKey key = reading.routine(oid);
      keys.add(key != null ? key : new RoutineKey("", "a missing function", ""));
    }
    return keys;
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

  static Routine.Volatility volatility(String provolatile) {
    return switch (provolatile) {
      case "i" -> Routine.Volatility.IMMUTABLE;
      case "s" -> Routine.Volatility.STABLE;
      default -> Routine.Volatility.VOLATILE;
    };
  }

  private static Routine.AttributeOf attribute(String of) {
    return switch (of) {
      case "nothing" -> Routine.AttributeOf.NOTHING;
      case "values" -> Routine.AttributeOf.VALUES;
      default -> Routine.AttributeOf.ROWS_AND_VALUES;
    };
  }

  private static Routine.Body body(RoutineKey key, ResultSet row) throws SQLException {
    String text = row.getString("body");
    if (text == null) {
      return new Routine.Opaque("its language is " + row.getString("lanname"));
    }
    String spelled = row.getString("path");
    SearchPath path = spelled == null ? SearchPath.UNKNOWN : path(spelled);
    Definition body = new Definition(Definition.Form.BODY, "function " + key, text, path);
    if (row.getBoolean("zoned")) {
      return new Routine.Source(
          body, new Routine.Unread("a time takes the offset of the current date for it"));
    }
    if (row.getBoolean("configured")) {
      return new Routine.Source(body, new Routine.Unread("it has settings of its own"));
    }
    return new Routine.Source(
        body,
        row.getString("lanname").equals("sql")
            ? new Routine.Query(query(body, row.getBoolean("printed")))
            : new Routine.Procedure(body, row.getBoolean("texts"), row.getBoolean("times")));
  }

  /** The query that a function in SQL is, if it is one. */
  private static Definition query(Definition body, boolean printed) {
    String text = body.text().strip();
    if (!printed) {
      return new Definition(Definition.Form.QUERY, body.of(), text, body.path());
    }
    Matcher returned = RETURNED.matcher(text);
    if (returned.matches()) {
      String expression = PostgresDefinitions.parseable(returned.group(1));
      return new Definition(Definition.Form.EXPRESSION, body.of(), expression, body.path());
    }
    Matcher atomic = ATOMIC.matcher(text);
    String query = atomic.matches() ? PostgresDefinitions.parseable(atomic.group(1)) : "";
    return new Definition(Definition.Form.QUERY, body.of(), query, body.path());
  }

  /** A function's own search_path, which holds whatever the session's is. */
  static SearchPath path(String setting) {
    List<String> schemas =
        Arrays.stream(setting.split(",", -1))
            .map(part -> part.strip().replaceAll("^\"|\"$", ""))
            .filter(part -> !part.isEmpty())
            .toList();
    // "$user" depends on who calls; an empty path still searches pg_catalog.
    if (schemas.contains("$user") || schemas.contains("pg_temp")) {
      return SearchPath.UNKNOWN;
    }
    return schemas.isEmpty() ? PostgresDefinitions.BUILT_IN_NAMES : new SearchPath(schemas);
  }
}
