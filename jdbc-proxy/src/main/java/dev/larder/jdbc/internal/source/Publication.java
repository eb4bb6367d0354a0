package dev.larder.jdbc.internal.source;

import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.Reach;
import dev.larder.jdbc.internal.catalog.PostgresOids;
import java.sql.Connection;
import java.sql.PreparedStatement;
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

/**
 * The publication that logical replication reads, and which tables' changes are in it. Stateless.
 */
final class Publication {

  /*
   * A publication makes PostgreSQL refuse UPDATE and DELETE on each of its tables that has no
   * replica identity, which is most tables without a primary key. So one that Larder creates never
   * holds such a table, and is never FOR ALL TABLES: that would hold tables that do not exist yet
   * as well. What it leaves out keeps the age bound.
   *
   * A partitioned table is published by its root, so that partitions made later are in it, if every
   * member has an identity.
   */

  private static final Logger log = LoggerFactory.getLogger(Publication.class);

  private static final String USABLE =
      """
      WITH usable AS (
        SELECT c.oid, n.nspname, c.relname, c.relkind, c.relispartition, c.relowner
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 'p'
          AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND c.oid >= %s
          AND (c.relreplident = 'f'
            OR (c.relreplident = 'd' AND EXISTS (SELECT FROM pg_index i
                WHERE i.indrelid = c.oid AND i.indisprimary AND i.indisvalid))
            OR (c.relreplident = 'i' AND EXISTS (SELECT FROM pg_index i
                WHERE i.indrelid = c.oid AND i.indisreplident AND i.indisvalid)))
      ), roots AS (
        SELECT u.* FROM usable u WHERE relkind = 'p' AND NOT relispartition
          AND NOT EXISTS (SELECT FROM pg_partition_tree(u.oid) t
              WHERE t.relid::oid NOT IN (SELECT oid FROM usable))
      )
      SELECT format('%%I.%%I', nspname, relname) AS name FROM (
        SELECT * FROM roots UNION ALL
        SELECT * FROM usable u WHERE relkind = 'r' AND NOT (relispartition
            AND pg_partition_root(u.oid)::oid IN (SELECT oid FROM roots))) AS listed
      WHERE pg_has_role(relowner, 'USAGE')
        AND NOT EXISTS (SELECT FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid
            WHERE r.prrelid = listed.oid AND p.pubname = ?)
      ORDER BY 1
      """
          .formatted(PostgresOids.FIRST_USER);

  private Publication() {}

  /**
   * Makes sure that there is one, and that one of Larder's own holds what it can.
   *
   * @return what the operator should know of it, or null
   * @throws SourceException where there is none and none can be made
   */
  static @Nullable String ensure(Connection sql, String name) throws SQLException, SourceException {
    String quoted = quoted(name);
    List<String> missing = names(sql, name);
    try (PreparedStatement find =
        sql.prepareStatement(
            "SELECT puballtables, pg_has_role(pubowner, 'USAGE'),"
                + " pubinsert AND pubupdate AND pubdelete AND pubtruncate"
                + " FROM pg_publication WHERE pubname = ?")) {
      find.setString(1, name);
      try (ResultSet row = find.executeQuery()) {
        if (!row.next()) {
          create(sql, name, quoted, missing);
          return null;
        }
        if (!row.getBoolean(3)) {
          return "the publication "
              + quoted
              + " does not publish insert, update, delete and truncate, so it covers no table";
        }
        if (!row.getBoolean(1) && row.getBoolean(2) && !missing.isEmpty()) {
          complete(sql, quoted, missing);
        }
        return null;
      }
    }
  }

  private static void create(Connection sql, String name, String quoted, List<String> tables)
      throws SQLException, SourceException {
    String create = "CREATE PUBLICATION " + quoted + " FOR TABLE ";
    if (tables.isEmpty()) {
      throw new SourceException(
          "there is no publication "
              + quoted
              + ", and this user owns no table with a primary key to create one for."
              + " As the owner of the tables run: "
              + create
              + "<tables with a primary key>");
    }
    try (Statement statement = sql.createStatement()) {
      statement.execute(create + String.join(", ", tables));
      log.info("Created the publication {} for {} tables", quoted, tables.size());
    } catch (SQLException refused) {
      if (exists(sql, name)) {
        return;
      }
      throw new SourceException(
          "there is no publication "
              + quoted
              + " and this user may not create it ("
              + refused.getMessage()
              + "). As the owner of the tables, with CREATE on the database, run: "
              + create
              + "<tables with a primary key>",
          refused);
    }
  }

  private static boolean exists(Connection sql, String name) throws SQLException {
    try (PreparedStatement find =
        sql.prepareStatement("SELECT 1 FROM pg_publication WHERE pubname = ?")) {
      find.setString(1, name);
      try (ResultSet row = find.executeQuery()) {
        return row.next();
      }
    }
  }

  private static void complete(Connection sql, String quoted, List<String> missing) {
    for (String table : missing) {
      try (Statement statement = sql.createStatement()) {
        statement.execute("ALTER PUBLICATION " + quoted + " ADD TABLE " + table);
        log.info("Added {} to the publication {}", table, quoted);
      } catch (SQLException refused) {
        // Another node may have been quicker; otherwise the table keeps the age bound.
        log.debug("{} was not added to the publication {}", table, quoted, refused);
      }
    }
  }

  private static List<String> names(Connection sql, String name) throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement statement = sql.prepareStatement(USABLE)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
    }
    return names;
  }

  /** The tables of which every change is in the publication, with all that share rows with them. */
  static Reach reach(Connection sql, String name) throws SQLException {
    Set<TableName> published = new HashSet<>();
    TableFamilies.Rule rule;
    try (PreparedStatement options =
        sql.prepareStatement(
            "SELECT pubviaroot FROM pg_publication WHERE pubname = ?"
                + " AND pubinsert AND pubupdate AND pubdelete AND pubtruncate")) {
      options.setString(1, name);
      try (ResultSet row = options.executeQuery()) {
        if (!row.next()) {
          return Reach.NOTHING;
        }
        rule =
            row.getBoolean(1)
                ? TableFamilies.Rule.UNDER_AN_ANCESTOR
                : TableFamilies.Rule.UNDER_ITS_NAME;
      }
    }
    try (PreparedStatement tables =
        sql.prepareStatement(
            "SELECT schemaname, tablename FROM pg_publication_tables"
                + " WHERE pubname = ? AND rowfilter IS NULL")) {
      tables.setString(1, name);
      try (ResultSet rows = tables.executeQuery()) {
        while (rows.next()) {
          published.add(new TableName(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return Reach.of(TableFamilies.read(sql).whollyWithin(published, rule));
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
