package dev.larder.jdbc.internal.product.mariadb;

import dev.larder.jdbc.internal.catalog.BuiltIns;
import dev.larder.jdbc.internal.catalog.CatalogueQueries;
import dev.larder.jdbc.internal.product.mysqlprotocol.InformationSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** MariaDB's information_schema. Stateless. */
final class MariaDbInformationSchema implements InformationSchema {

  private static final Set<String> ENGINES =
      Set.of(
          "INNODB",
          "MYISAM",
          "ARIA",
          "MEMORY",
          "CSV",
          "ARCHIVE",
          "BLACKHOLE",
          "MRG_MYISAM",
          "SEQUENCE",
          "ROCKSDB");

  @Override
  public BuiltIns builtIns(CatalogueQueries queries) {
    return MariaDbBuiltIns.ALL;
  }

  @Override
  public Set<String> enginesOfOwn() {
    return ENGINES;
  }

  @Override
  public String grants(CatalogueQueries queries) {
    return "SHOW GRANTS";
  }

  @Override
  public String virtualColumns() {
    return """
    SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, GENERATION_EXPRESSION
    FROM information_schema.COLUMNS
    WHERE IS_GENERATED = 'ALWAYS' AND EXTRA NOT LIKE '%STORED%'
    AND GENERATION_EXPRESSION LIKE '%(%'
    """;
  }

  @Override
  public String routines() {
    return """
    SELECT ROUTINE_SCHEMA, ROUTINE_NAME, ROUTINE_TYPE, IS_DETERMINISTIC, SQL_DATA_ACCESS,
        ROUTINE_DEFINITION
    FROM information_schema.ROUTINES
    WHERE ROUTINE_SCHEMA <> 'sys'
    """;
  }

  @Override
  public String columns() {
    return """
    SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_KEY,
        COLUMN_TYPE LIKE '%unsigned%' AS NO_SIGN, EXTRA LIKE '%auto_increment%' AS NUMBERED,
        (IS_GENERATED = 'ALWAYS' OR EXTRA LIKE '%on update%') AS FOLLOWS,
        EXTRA LIKE '%INVISIBLE%' AS UNSEEN
    FROM information_schema.COLUMNS
    ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION
    """;
  }

  @Override
  public String fingerprint(Connection connection) throws SQLException {
    return MariaDbFingerprint.ALL.of(connection);
  }
}
