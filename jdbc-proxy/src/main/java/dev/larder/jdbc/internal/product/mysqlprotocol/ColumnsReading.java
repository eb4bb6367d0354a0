package dev.larder.jdbc.internal.product.mysqlprotocol;

import dev.larder.jdbc.internal.catalog.CatalogueQueries;
import dev.larder.jdbc.internal.catalog.Column;
import dev.larder.jdbc.internal.catalog.Relation;
import dev.larder.jdbc.internal.catalog.TypeFamily;
import dev.larder.jdbc.internal.rows.ColumnKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/** Reads the columns of tables, and which of them are unique. Not thread-safe. */
final class ColumnsReading {

  /** Where the tables are that were read before. */
  @FunctionalInterface
  interface Tables {

    /** The table that two columns of a row name, or null. */
    Relation.@Nullable Draft find(ResultSet row, String schema, String name) throws SQLException;
  }

  private final InformationSchema schema;
  private final CatalogueQueries queries;
  private final Tables tables;

  ColumnsReading(InformationSchema schema, CatalogueQueries queries, Tables tables) {
    this.schema = schema;
    this.queries = queries;
    this.tables = tables;
  }

  void read() throws SQLException {
    columns();
    uniqueKeys();
    primaryKeys();
  }

  /** Only numbers: texts compare by collations, and with spaces at their end left out. */
  private void columns() throws SQLException {
    queries.each(
        schema.columns(),
        row -> {
          Relation.Draft table = tables.find(row, "TABLE_SCHEMA", "TABLE_NAME");
          if (table != null) {
            table.columns.add(column(row));
            if (!row.getBoolean("UNSEEN")) {
              table.places.add(row.getString("COLUMN_NAME"));
            }
            if (row.getString("COLUMN_KEY").equals("PRI")) {
              table.keys.add(row.getString("COLUMN_NAME"));
            }
          }
        });
  }

  private void uniqueKeys() throws SQLException {
    queries.each(
        """
        SELECT TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, COLUMN_NAME
        FROM information_schema.STATISTICS WHERE NON_UNIQUE = 0
        """,
        row -> {
          Relation.Draft table = tables.find(row, "TABLE_SCHEMA", "TABLE_NAME");
          if (table != null) {
            table
                .uniqueKeys
                .computeIfAbsent(row.getString("INDEX_NAME"), any -> new HashSet<>())
                .add(CatalogueQueries.text(row, "COLUMN_NAME"));
          }
        });
  }

  /**
   * Other unique keys may hold a value twice: {@code unique_checks} can be switched off for them.
   */
  private void primaryKeys() throws SQLException {
    queries.each(
        """
        SELECT TABLE_SCHEMA, TABLE_NAME, MIN(COLUMN_NAME) AS COLUMN_NAME
        FROM information_schema.STATISTICS WHERE INDEX_NAME = 'PRIMARY'
        GROUP BY TABLE_SCHEMA, TABLE_NAME HAVING COUNT(*) = 1
        """,
        row -> {
          Relation.Draft table = tables.find(row, "TABLE_SCHEMA", "TABLE_NAME");
          if (table != null) {
            table.unique.add(CatalogueQueries.text(row, "COLUMN_NAME"));
          }
        });
  }

  /** Without strict mode, a number out of range becomes the nearest one within. */
  private static Column column(ResultSet row) throws SQLException {
    String name = row.getString("COLUMN_NAME");
    boolean follows = row.getBoolean("FOLLOWS");
    int bits =
        switch (row.getString("DATA_TYPE")) {
          case "tinyint" -> 7;
          case "smallint" -> 15;
          case "mediumint" -> 23;
          case "int" -> 31;
          case "bigint" -> 63;
          default -> 0;
        };
    if (bits == 0) {
      return Column.of(name, null, family(row.getString("DATA_TYPE")), follows);
    }
    long most = (1L << bits) - 1;
    // To a numbered column, 0 stands for the next number.
    long least = row.getBoolean("NUMBERED") ? 1 : row.getBoolean("NO_SIGN") ? 0 : -most - 1;
    return new Column(name, ColumnKind.WHOLE_NUMBER, TypeFamily.PLAIN, follows, least, most);
  }

  private static TypeFamily family(String type) {
    return switch (type) {
      case "time" -> TypeFamily.TIME;
      case "date", "datetime", "timestamp", "year" -> TypeFamily.DATE;
      default -> TypeFamily.PLAIN;
    };
  }
}
