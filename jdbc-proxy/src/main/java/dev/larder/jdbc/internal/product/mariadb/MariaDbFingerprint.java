package dev.larder.jdbc.internal.product.mariadb;

import dev.larder.jdbc.internal.catalog.SchemaFingerprint;
import dev.larder.jdbc.internal.catalog.SchemaFingerprint.Part;
import java.util.List;

/** The text that stands for all definitions of a MariaDB server. Immutable and thread-safe. */
final class MariaDbFingerprint {

  private static final String SYSTEM =
      " where %s not in ('sys', 'mysql', 'information_schema', 'performance_schema')";

  static final SchemaFingerprint ALL =
      new SchemaFingerprint(
          "select concat(current_user(), ' ', count(*), '/', coalesce(sum(h), 0)) from ("
              + SchemaFingerprint.union(
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

  private MariaDbFingerprint() {}
}
