package dev.larder.jdbc.internal.product.mysqlprotocol;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.catalog.BuiltIns;
import dev.larder.jdbc.internal.catalog.CatalogueQueries;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** How a product's information_schema differs from others. Implementations are stateless. */
public interface InformationSchema {

  /** What Larder knows by heart of the functions of the server's release. */
  BuiltIns builtIns(CatalogueQueries queries) throws SQLException;

  /** The storage engines, in upper case, whose tables hold nothing of another table's. */
  Set<String> enginesOfOwn();

  /** The statement that shows the privileges which decide what the user sees. */
  String grants(CatalogueQueries queries) throws SQLException;

  /**
   * The query for columns that are computed when they are read: TABLE_SCHEMA, TABLE_NAME,
   * COLUMN_NAME, GENERATION_EXPRESSION.
   */
  String virtualColumns();

  /** The expression of a column that is shown as this. */
  default String expression(String shown) {
    return shown;
  }

  /**
   * The body of a trigger or a routine that is shown as this; empty where that cannot be told.
   *
   * @param type of what it is the body: TRIGGER, FUNCTION, PROCEDURE
   */
  default String body(CatalogueQueries queries, String type, TableName name, String shown)
      throws SQLException {
    return shown;
  }

  /**
   * The query for routines: ROUTINE_SCHEMA, ROUTINE_NAME, ROUTINE_TYPE, IS_DETERMINISTIC,
   * SQL_DATA_ACCESS, ROUTINE_DEFINITION, which is null where it is not in SQL.
   */
  String routines();

  /**
   * The query for columns in their order: TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DATA_TYPE,
   * COLUMN_KEY, and as truth values NO_SIGN, NUMBERED (by itself), FOLLOWS (from other columns, or
   * from the time of an UPDATE), UNSEEN (by an asterisk).
   */
  String columns();

  /** A text that stands for all definitions. */
  String fingerprint(Connection connection) throws SQLException;
}
