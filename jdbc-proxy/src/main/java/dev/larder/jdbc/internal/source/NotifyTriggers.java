package dev.larder.jdbc.internal.source;

import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.Reach;
import dev.larder.jdbc.internal.catalog.PostgresOids;
import dev.larder.jdbc.internal.settings.SourceSettings.Triggers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The triggers that notify: made, printed, removed and looked at. Used by one thread. */
public final class NotifyTriggers {

  /*
   * One function, and on each table one trigger for each statement that inserts, updates, deletes
   * or truncates. A statement fires the triggers of the table it names, not those of its
   * partitions, so every member of a family has one. ALWAYS, so that a session with
   * session_replication_role = replica fires it too. The server sends equal notifications of one
   * transaction once.
   *
   * CREATE TRIGGER waits for writers of the table, and writers wait behind it: it gives up soon,
   * and the table keeps the age bound until the next try.
   *
   * The schema is not called larder, because a user of that name would from then on create its
   * tables in it: "$user" comes first in the search path.
   *
   * The function's body is read by Larder's own catalogue, which has to see that it writes nothing:
   * pg_notify is known to it.
   */

  static final String CHANNEL = "larder";

  private static final Logger log = LoggerFactory.getLogger(NotifyTriggers.class);
  private static final int LONGEST_PART = 63;

  private static final String SCHEMA = "CREATE SCHEMA IF NOT EXISTS larder_source";
  private static final String FUNCTION =
      """
      CREATE OR REPLACE FUNCTION larder_source.changed() RETURNS trigger LANGUAGE plpgsql AS $larder$
      BEGIN
        PERFORM pg_catalog.pg_notify('larder',
            pg_catalog.format('%I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME));
        RETURN NULL;
      END
      $larder$\
      """;
  private static final String REMOVE_FUNCTION =
      "DROP FUNCTION IF EXISTS larder_source.changed() CASCADE";
  private static final String REMOVE_SCHEMA = "DROP SCHEMA IF EXISTS larder_source RESTRICT";

  /**
   * AFTER, for each statement, INSERT, DELETE, UPDATE and TRUNCATE, as pg_trigger.tgtype has it.
   */
  private static final int ALL_EVENTS = 4 | 8 | 16 | 32;

  private static final String HAS_TRIGGER =
      " EXISTS (SELECT FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
          + " JOIN pg_namespace s ON s.oid = p.pronamespace WHERE t.tgrelid = c.oid"
          + " AND p.proname = 'changed' AND s.nspname = 'larder_source' AND t.tgenabled = 'A'"
          + " AND t.tgqual IS NULL AND t.tgattr::text = '' AND t.tgtype = "
          + ALL_EVENTS
          + ")";
  private static final String TABLES =
      " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 'p' AND c.oid >= "
          + PostgresOids.FIRST_USER
          + " AND n.nspname NOT IN ('pg_catalog', 'information_schema')";

  private final Triggers mode;
  private boolean printed;

  public NotifyTriggers(Triggers mode) {
    this.mode = mode;
  }

  /**
   * Does to the triggers what the setting says.
   *
   * @return what the operator should know, or null
   */
  @Nullable String ensure(Connection sql) throws SQLException, SourceException {
    if (mode == Triggers.REMOVE) {
      remove(sql);
      throw new SourceException(
          "the triggers are removed; now set larder.invalidation.postgres=off");
    }
    List<String> missing = missing(sql);
    if (missing.isEmpty()) {
      return null;
    }
    return mode == Triggers.PRINT ? print(missing) : create(sql, missing);
  }

  private String print(List<String> missing) {
    if (!printed) {
      printed = true;
      StringBuilder script = new StringBuilder(SCHEMA).append(";\n").append(FUNCTION).append(";\n");
      missing.forEach(table -> trigger(table).forEach(s -> script.append(s).append(";\n")));
      log.info(
          "Notifications need this to be run (and to be rid of it: {}):\n{}",
          REMOVE_FUNCTION,
          script);
    }
    return missing.size() + " tables have no trigger that notifies; the log has the SQL";
  }

  private static @Nullable String create(Connection sql, List<String> missing)
      throws SQLException, SourceException {
    try (Statement statement = sql.createStatement()) {
      if (!functionExists(sql)) {
        statement.execute(SCHEMA);
        statement.execute(FUNCTION);
      }
    } catch (SQLException refused) {
      throw new SourceException(
          "this user may not create the function that notifies ("
              + refused.getMessage()
              + "); set larder.invalidation.postgres.triggers=print and have the SQL run",
          refused);
    }
    List<String> failed = new ArrayList<>();
    try (Statement statement = sql.createStatement()) {
      for (String table : missing) {
        try {
          for (String part : trigger(table)) {
            statement.execute(part);
          }
        } catch (SQLException refused) {
          log.debug("{} gets no trigger now", table, refused);
          failed.add(table);
        }
      }
    }
    log.info("Made triggers that notify on {} tables", missing.size() - failed.size());
    return failed.isEmpty()
        ? null
        : failed.size()
            + " tables have no trigger that notifies, because this user does not own them or they"
            + " were busy, and keep the age bound: "
            + String.join(", ", failed.subList(0, Math.min(10, failed.size())));
  }

  private static void remove(Connection sql) throws SQLException {
    try (Statement statement = sql.createStatement()) {
      statement.execute(REMOVE_FUNCTION);
      statement.execute(REMOVE_SCHEMA);
    }
  }

  private static List<String> trigger(String table) {
    return List.of(
        "CREATE OR REPLACE TRIGGER larder_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "
            + table
            + " FOR EACH STATEMENT EXECUTE FUNCTION larder_source.changed()",
        "ALTER TABLE " + table + " ENABLE ALWAYS TRIGGER larder_changed");
  }

  private static boolean functionExists(Connection sql) throws SQLException {
    try (Statement statement = sql.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT 1 FROM pg_proc p JOIN pg_namespace s ON s.oid = p.pronamespace"
                    + " WHERE p.proname = 'changed' AND s.nspname = 'larder_source'")) {
      return row.next();
    }
  }

  private static List<String> missing(Connection sql) throws SQLException {
    List<String> missing = new ArrayList<>();
    try (Statement statement = sql.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT format('%I.%I', n.nspname, c.relname)"
                    + TABLES
                    + " AND NOT"
                    + HAS_TRIGGER
                    + " ORDER BY 1")) {
      while (rows.next()) {
        missing.add(rows.getString(1));
      }
    }
    return missing;
  }

  /** The tables of which every change is notified, with all that share rows with them. */
  Reach reach(Connection sql) throws SQLException {
    Set<TableName> notifying = new HashSet<>();
    try (Statement statement = sql.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT n.nspname, c.relname" + TABLES + " AND" + HAS_TRIGGER)) {
      while (rows.next()) {
        notifying.add(new TableName(rows.getString(1), rows.getString(2)));
      }
    }
    return Reach.of(
        TableFamilies.read(sql).whollyWithin(notifying, TableFamilies.Rule.EVERY_MEMBER));
  }

  /** Reads what {@code format('%I.%I')} wrote; null for anything else. */
  static @Nullable TableName table(String payload) {
    StringBuilder part = new StringBuilder();
    String schema = null;
    int at = 0;
    while (at <= payload.length()) {
      boolean quoted = at < payload.length() && payload.charAt(at) == '"';
      at = quoted ? quoted(payload, at + 1, part) : plain(payload, at, part);
      if (at < 0 || part.isEmpty() || part.length() > LONGEST_PART) {
        return null;
      }
      if (schema != null) {
        return at == payload.length() ? new TableName(schema, part.toString()) : null;
      }
      if (at == payload.length() || payload.charAt(at) != '.') {
        return null;
      }
      schema = part.toString();
      part.setLength(0);
      at++;
    }
    return null;
  }

  private static int plain(String payload, int from, StringBuilder part) {
    int at = from;
    while (at < payload.length() && payload.charAt(at) != '.') {
      if (payload.charAt(at) == '"') {
        return -1;
      }
      part.append(payload.charAt(at++));
    }
    return at;
  }

  private static int quoted(String payload, int from, StringBuilder part) {
    int at = from;
    while (at < payload.length()) {
      if (payload.charAt(at) == '"') {
        if (at + 1 == payload.length() || payload.charAt(at + 1) != '"') {
          return at + 1;
        }
        at++;
      }
      part.append(payload.charAt(at++));
    }
    return -1;
  }
}
