package dev.larder.jdbc.internal.product.h2;

import dev.larder.jdbc.internal.catalog.SchemaFingerprint;
import dev.larder.jdbc.internal.catalog.SchemaFingerprint.Part;
import java.util.List;

/** The text that stands for all definitions of an H2 database. Immutable and thread-safe. */
final class H2Fingerprint {

  static final SchemaFingerprint ALL =
      new SchemaFingerprint(
          "select current_user || ' ' || count(*) || '/' || coalesce(sum(h), 0) from ("
              + SchemaFingerprint.union(
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

  private H2Fingerprint() {}
}
