package dev.larder.jdbc.internal.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A short text that stands for all definitions of a database that shows them in its
 * INFORMATION_SCHEMA. Immutable and thread-safe.
 *
 * @param sql one row with one column
 */
record SchemaFingerprint(String sql) {

  /*
   * Every row gives a hash of the columns that decide what a query means or who may ask it, and the sum of all is the fingerprint:
   * one row over the wire. What changes by writing rows (counters of keys, sizes, times) is left out. Users see different parts of
   * these views, so whose eyes saw stands before a space.
   */

  /** A view of the INFORMATION_SCHEMA and what of it counts. */
  private record Part(String view, String columns, String condition) {
    Part(String view, String columns) {
      this(view, columns, "");
    }
  }

  private static final String SYSTEM =
      " where %s not in ('sys', 'mysql', 'information_schema', 'performance_schema')";

  static final SchemaFingerprint MARIADB =
      new SchemaFingerprint(
          "select concat(current_user(), ' ', count(*), '/', coalesce(sum(h), 0)) from ("
              + union(
                  "cast(conv(left(md5(concat_ws('|', '%s', %s)), 15), 16, 10) as unsigned)",
                  List.of(
                      new Part(
                          "tables",
                          "table_schema, table_name, table_type, engine",
                          SYSTEM.formatted("table_schema")),
                      new Part(
                          "columns",
                          "table_schema, table_name, column_name, ordinal_position, column_type,"
                              + " collation_name, is_nullable, column_default, extra, privileges,"
                              + " generation_expression",
                          SYSTEM.formatted("table_schema")),
                      new Part(
                          "views",
                          "table_schema, table_name, view_definition, definer, security_type",
                          SYSTEM.formatted("table_schema")),
                      new Part(
                          "triggers",
                          "trigger_schema, trigger_name, event_manipulation, event_object_table,"
                              + " action_timing, action_order, action_statement, definer",
                          SYSTEM.formatted("trigger_schema")),
                      new Part(
                          "routines",
                          "routine_schema, routine_name, routine_type, routine_definition,"
                              + " is_deterministic, sql_data_access, security_type, definer",
                          SYSTEM.formatted("routine_schema")),
                      new Part(
                          "key_column_usage",
                          "constraint_schema, constraint_name, table_name, column_name,"
                              + " ordinal_position, referenced_table_schema, referenced_table_name,"
                              + " referenced_column_name",
                          SYSTEM.formatted("constraint_schema")),
                      new Part(
                          "referential_constraints",
                          "constraint_schema, constraint_name, update_rule, delete_rule"),
                      new Part("user_privileges", "grantee, privilege_type, is_grantable"),
                      new Part(
                          "schema_privileges",
                          "grantee, table_schema, privilege_type, is_grantable"),
                      new Part(
                          "table_privileges",
                          "grantee, table_schema, table_name, privilege_type, is_grantable"),
                      new Part("applicable_roles", "grantee, role_name, is_default"),
                      // what sessions begin with
                      new Part(
                          "system_variables",
                          "variable_name, global_value",
                          " where variable_scope = 'SESSION' and variable_name not in"
                              + " ('timestamp', 'rand_seed1', 'rand_seed2', 'last_insert_id',"
                              + " 'identity', 'insert_id', 'pseudo_thread_id', 'last_gtid',"
                              + " 'gtid_seq_no', 'error_count', 'warning_count')"
                              + " and global_value is not null")))
              + ") as hashes");

  static final SchemaFingerprint H2 =
      new SchemaFingerprint(
          "select current_user || ' ' || count(*) || '/' || coalesce(sum(h), 0) from ("
              + union(
                  "ora_hash(concat_ws('|', '%s', %s))",
                  List.of(
                      new Part(
                          "tables",
                          "table_schema, table_name, table_type, storage_type, table_class",
                          " where table_schema <> 'INFORMATION_SCHEMA'"
                              + " and storage_type not like '%TEMPORARY%'"),
                      new Part(
                          "columns",
                          "table_schema, table_name, column_name, ordinal_position, data_type,"
                              + " character_maximum_length, numeric_precision, numeric_scale,"
                              + " datetime_precision, is_nullable, column_default,"
                              + " column_on_update, generation_expression, domain_name",
                          " where table_schema <> 'INFORMATION_SCHEMA'"),
                      new Part(
                          "views",
                          "table_schema, table_name, view_definition",
                          " where table_schema <> 'INFORMATION_SCHEMA'"),
                      new Part(
                          "triggers",
                          "trigger_schema, trigger_name, event_manipulation, event_object_table,"
                              + " action_timing, action_orientation, java_class"),
                      new Part(
                          "routines",
                          "routine_schema, specific_name, routine_name, routine_definition,"
                              + " external_name, is_deterministic, data_type"),
                      new Part(
                          "synonyms",
                          "synonym_schema, synonym_name, synonym_for_schema, synonym_for"),
                      new Part("domains", "domain_schema, domain_name, data_type, domain_default"),
                      new Part("constants", "constant_schema, constant_name, value_definition"),
                      new Part(
                          "check_constraints", "constraint_schema, constraint_name, check_clause"),
                      new Part(
                          "table_constraints",
                          "constraint_schema, constraint_name, constraint_type, table_schema,"
                              + " table_name"),
                      new Part(
                          "referential_constraints",
                          "constraint_schema, constraint_name, unique_constraint_name, update_rule,"
                              + " delete_rule"),
                      new Part(
                          "rights",
                          "grantee, granteetype, grantedrole, rights, table_schema, table_name"),
                      // of the database, but for those that a session may have of its own
                      new Part(
                          "settings",
                          "setting_name, setting_value",
                          " where setting_name not like 'info.%' and setting_name not like"
                              + " 'property.%' and setting_name not in ('TIME ZONE',"
                              + " 'QUERY_TIMEOUT', 'VARIABLE_BINARY', 'TRUNCATE_LARGE_LENGTH',"
                              + " 'OLD_INFORMATION_SCHEMA', 'NON_KEYWORDS')")))
              + ") as hashes");

  /**
   * @param hash takes the name of a view and a list of columns
   */
  private static String union(String hash, List<Part> parts) {
    return parts.stream()
        .map(
            part ->
                "select "
                    + hash.formatted(part.view, part.columns)
                    + " as h from information_schema."
                    + part.view
                    + part.condition)
        .collect(Collectors.joining(" union all "));
  }

  String of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
