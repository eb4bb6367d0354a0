package dev.larder.jdbc.internal.product.mysql;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.catalog.BuiltIns;
import dev.larder.jdbc.internal.catalog.CatalogueQueries;
import dev.larder.jdbc.internal.product.mysqlprotocol.InformationSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * MySQL's information_schema, of which no column is read that the server keeps for a day.
 * Stateless.
 */
final class MySqlInformationSchema implements InformationSchema {

  private static final Set<String> ENGINES =
      Set.of("INNODB", "MYISAM", "MEMORY", "CSV", "ARCHIVE", "BLACKHOLE", "MRG_MYISAM");

  @Override
  public BuiltIns builtIns(CatalogueQueries queries) throws SQLException {
    List<String> version = new ArrayList<>();
    queries.each("select version()", row -> version.add(String.valueOf(row.getString(1))));
    return MySqlBuiltIns.of(version.get(0));
  }

  @Override
  public String expression(String shown) {
    return WrittenText.expression(shown);
  }

  @Override
  public String body(CatalogueQueries queries, String type, TableName name, String shown)
      throws SQLException {
    return WrittenText.body(queries, type, name, shown);
  }

  @Override
  public Set<String> enginesOfOwn() {
    return ENGINES;
  }

  /** Without naming them, MySQL does not show what active roles may do. */
  @Override
  public String grants(CatalogueQueries queries) throws SQLException {
    List<String> roles = new ArrayList<>();
    queries.each("select current_role()", row -> roles.add(String.valueOf(row.getString(1))));
    String active = roles.get(0);
    return active.startsWith("`")
        ? "SHOW GRANTS FOR CURRENT_USER() USING " + active
        : "SHOW GRANTS";
  }

  @Override
  public String virtualColumns() {
    return """
    SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, GENERATION_EXPRESSION
    FROM information_schema.COLUMNS
    WHERE EXTRA LIKE '%VIRTUAL GENERATED%' AND GENERATION_EXPRESSION LIKE '%(%'
    """;
  }

  @Override
  public String routines() {
    return """
    SELECT ROUTINE_SCHEMA, ROUTINE_NAME, ROUTINE_TYPE, IS_DETERMINISTIC, SQL_DATA_ACCESS,
        CASE WHEN EXTERNAL_LANGUAGE = 'SQL' THEN ROUTINE_DEFINITION END AS ROUTINE_DEFINITION
    FROM information_schema.ROUTINES
    WHERE ROUTINE_SCHEMA <> 'sys'
    """;
  }

  @Override
  public String columns() {
    return """
    SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_KEY,
        COLUMN_TYPE LIKE '%unsigned%' AS NO_SIGN, EXTRA LIKE '%auto_increment%' AS NUMBERED,
        (COALESCE(GENERATION_EXPRESSION, '') <> '' OR EXTRA LIKE '%on update%') AS FOLLOWS,
        EXTRA LIKE '%INVISIBLE%' AS UNSEEN
    FROM information_schema.COLUMNS
    ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION
    """;
  }

  @Override
  public String fingerprint(Connection connection) throws SQLException {
    return MySqlFingerprint.of(connection, this);
  }
}
