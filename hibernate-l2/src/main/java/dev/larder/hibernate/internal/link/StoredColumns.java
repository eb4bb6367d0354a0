package dev.larder.hibernate.internal.link;

import dev.larder.hibernate.internal.link.StoredColumn.Product;
import dev.larder.invalidation.ledger.Stamp;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The columns of a session factory's tables, as the database declares them. Immutable and
 * thread-safe.
 *
 * <p>A mapping says {@code String} of a column that pads it, cuts it off or rewrites it, so the
 * database is asked.
 */
public final class StoredColumns {

  private static final Logger log = LoggerFactory.getLogger(StoredColumns.class);

  private static final StoredColumns UNKNOWN = new StoredColumns(Map.of(), Set.of(), null);

  private final Map<String, Map<String, StoredColumn>> tables;
  private final Set<String> altered;
  private final @Nullable Stamp definitions;

  private StoredColumns(
      Map<String, Map<String, StoredColumn>> tables,
      Set<String> altered,
      @Nullable Stamp definitions) {
    this.tables = tables;
    this.altered = altered;
    this.definitions = definitions;
  }

  /** Nothing is known of any. */
  public static StoredColumns unknown() {
    return UNKNOWN;
  }

  /**
   * Asks for them.
   *
   * @param wanted the columns by table, both as SQL spells them
   * @param definitions taken before; null where nobody says when they change
   */
  static StoredColumns of(
      Connection connection, Map<String, Set<String>> wanted, @Nullable Stamp definitions)
      throws SQLException {
    Product product = Product.of(connection.getMetaData().getDatabaseProductName());
    if (product == Product.OTHER) {
      return new StoredColumns(Map.of(), Set.of(), null);
    }
    Map<String, Map<String, StoredColumn>> tables = new HashMap<>();
    Set<String> altered = new HashSet<>();
    for (Map.Entry<String, Set<String>> each : wanted.entrySet()) {
      try {
        tables.put(each.getKey(), columns(connection, product, each.getKey(), each.getValue()));
        if (mayBeAltered(connection, product, each.getKey())) {
          altered.add(each.getKey());
        }
      } catch (SQLException none) {
        log.debug("The columns of {} cannot be told", each.getKey(), none);
        endTransaction(connection);
      }
    }
    endTransaction(connection);
    return new StoredColumns(tables, altered, definitions);
  }

  private static void endTransaction(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
  }

  private static Map<String, StoredColumn> columns(
      Connection connection, Product product, String table, Set<String> wanted)
      throws SQLException {
    List<String> names = new ArrayList<>(wanted);
    Map<String, StoredColumn> found = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet none =
            statement.executeQuery(
                "select " + String.join(", ", names) + " from " + table + " where 1 = 0")) {
      ResultSetMetaData metaData = none.getMetaData();
      for (int i = 1; i <= names.size(); i++) {
        found.put(
            names.get(i - 1),
            new StoredColumn(
                product,
                metaData.getColumnTypeName(i).toLowerCase(Locale.ROOT),
                metaData.getColumnType(i),
                metaData.getPrecision(i),
                metaData.getScale(i),
                metaData.isNullable(i) != ResultSetMetaData.columnNoNulls));
      }
    }
    return found;
  }

  /** Whether the table has triggers, or columns that put something in the place of null. */
  private static boolean mayBeAltered(Connection connection, Product product, String table)
      throws SQLException {
    String name = SimpleNames.table(table).name();
    boolean triggers =
        count(
            connection,
            "select count(*) from information_schema.triggers"
                + " where lower(event_object_table) = ?",
            name);
    return triggers
        || product == Product.H2
            && count(
                connection,
                "select count(*) from information_schema.columns"
                    + " where lower(table_name) = ? and default_on_null",
                name);
  }

  private static boolean count(Connection connection, String sql, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet result = statement.executeQuery()) {
        return !result.next() || result.getLong(1) > 0;
      }
    }
  }

  /** Whether the database was asked, and the definitions are still those that it told. */
  public boolean holds() {
    return this != UNKNOWN && (definitions == null || definitions.isCurrent());
  }

  /** The column, or null where it is not known or something alters what is written to its table. */
  public @Nullable StoredColumn find(String table, String column) {
    Map<String, StoredColumn> of = tables.get(table);
    return of == null || altered.contains(table) || !holds() ? null : of.get(column);
  }
}
