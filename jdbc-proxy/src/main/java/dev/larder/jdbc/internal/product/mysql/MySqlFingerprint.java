package dev.larder.jdbc.internal.product.mysql;

import dev.larder.jdbc.internal.catalog.CatalogueQueries;
import dev.larder.jdbc.internal.catalog.SchemaFingerprint;
import dev.larder.jdbc.internal.catalog.SchemaFingerprint.Part;
import dev.larder.jdbc.internal.product.mysqlprotocol.InformationSchema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The text that stands for all definitions of a MySQL server. Immutable and thread-safe. */
final class MySqlFingerprint {

  private static final String OTHERS =
      " where %s not in ('sys', 'mysql', 'information_schema', 'performance_schema')";

  private static final SchemaFingerprint SCHEMA =
      new SchemaFingerprint(
          "select concat(current_user(), ' ', count(*), '/', coalesce(sum(h), 0)) from ("
              + SchemaFingerprint.union(
                  "cast(conv(left(md5(concat_ws('|', '%s', %s)), 15), 16, 10) as unsigned)",
                  List.of(
                      new Part(
                          "tables",
                          "table_schema, table_name, table_type, engine, create_options",
                          OTHERS.formatted("table_schema")),
                      new Part(
                          "columns",
                          "table_schema, table_name, column_name, ordinal_position, column_type,"
                              + " collation_name, is_nullable, column_default, extra, privileges,"
                              + " generation_expression",
                          OTHERS.formatted("table_schema")),
                      new Part(
                          "statistics",
                          "table_schema, table_name, non_unique, index_name, seq_in_index,"
                              + " column_name",
                          OTHERS.formatted("table_schema") + " and non_unique = 0"),
                      new Part(
                          "views",
                          "table_schema, table_name, view_definition, definer, security_type",
                          OTHERS.formatted("table_schema")),
                      new Part(
                          "triggers",
                          "trigger_schema, trigger_name, event_manipulation, event_object_table,"
                              + " action_timing, action_order, action_statement, definer, created",
                          OTHERS.formatted("trigger_schema")),
                      new Part(
                          "routines",
                          "routine_schema, routine_name, routine_type, routine_definition,"
                              + " is_deterministic, sql_data_access, security_type, definer,"
                              + " last_altered",
                          OTHERS.formatted("routine_schema")),
                      new Part(
                          "key_column_usage",
                          "constraint_schema, constraint_name, table_name, column_name,"
                              + " ordinal_position, referenced_table_schema, referenced_table_name,"
                              + " referenced_column_name",
                          OTHERS.formatted("constraint_schema")),
                      new Part(
                          "referential_constraints",
                          "constraint_schema, constraint_name, update_rule, delete_rule"),
                      new Part("user_privileges", "grantee, privilege_type, is_grantable"),
                      new Part(
                          "schema_privileges",
                          "grantee, table_schema, privilege_type, is_grantable"),
                      new Part(
                          "table_privileges",
                          "grantee, table_schema, table_name, privilege_type, is_grantable")))
              + ") as hashes");

  /** Roles, which the information_schema of older releases does not have. */
  private static final String USER = "show create user current_user()";

  /** What sessions begin with. */
  private static final String VARIABLES =
      "show global variables where variable_name in (" + quoted(MySqlVariables.ALL.keyed()) + ")";

  private MySqlFingerprint() {}

  static String quoted(Set<String> names) {
    return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(","));
  }

  static String of(Connection connection, InformationSchema schema) throws SQLException {
    CatalogueQueries queries = new CatalogueQueries(connection);
    MessageDigest digest = digest();
    for (String sql : List.of(schema.grants(queries), USER, VARIABLES)) {
      queries.each(sql, row -> add(row, digest));
    }
    return SCHEMA.of(connection) + "/" + HexFormat.of().formatHex(digest.digest());
  }

  /** A digest of the user's own definition, default roles among it. */
  static String ofUser(Connection connection) throws SQLException {
    MessageDigest digest = digest();
    new CatalogueQueries(connection).each(USER, row -> add(row, digest));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(ResultSet row, MessageDigest digest) throws SQLException {
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      digest.update((row.getString(i) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
