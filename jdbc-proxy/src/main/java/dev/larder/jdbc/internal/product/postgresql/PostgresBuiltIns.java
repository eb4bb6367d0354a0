package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.jdbc.internal.catalog.BuiltIns;
import java.util.Set;

/** What Larder knows by heart of PostgreSQL's functions. Immutable and thread-safe. */
final class PostgresBuiltIns {

  /*
   * pg_proc already says which built-ins are immutable; these lists hold the rest. STABLE built-ins
   * are deterministic here only if nothing but their arguments and settings of the key (TimeZone,
   * DateStyle, lc_*, default_text_search_config, the encoding) shape the answer. age() is missing
   * since its one-argument form counts from today; timetz() and jsonb_path_query_tz() and its like
   * since a time takes today's offset there;
   * current_setting() is judged by its argument.
   */

  static final BuiltIns ALL =
      new BuiltIns(
          Set.of("pg_catalog", "information_schema", "pg_toast"),
          Set.of("pg_catalog"),
          BuiltIns.names(
              "coalesce nullif greatest least cast extract trim substring position overlay exists",
              "any all some array row grouping treat normalize case in values interval",
              "xmlelement xmlforest xmlconcat xmlparse xmlpi xmlroot xmlserialize xmlattributes",
              "xmlexists xmltable json_object json_array json_objectagg json_arrayagg json_value",
              "json_query json_exists json_table json_scalar json_serialize json is_json",
              "cube rollup sets over filter within using on"),
          BuiltIns.names(
              // keywords and functions that tell of what is in the key
              "current_user session_user user current_role current_schema current_catalog",
              "current_database getdatabaseencoding pg_client_encoding get_current_ts_config",
              // text
              "concat concat_ws format quote_literal quote_nullable length convert convert_from",
              "convert_to anytextcat textanycat pg_typeof",
              // dates and times
              "to_char to_date to_timestamp to_number date_trunc date_part extract timezone date",
              "time timestamp timestamptz make_timestamptz date_add date_subtract overlaps",
              "generate_series in_range interval_pl_timestamptz timestamptz_mi_interval",
              "timestamptz_pl_interval",
              // arrays, enums, money
              "array_to_string array_to_json enum_first enum_last enum_range money numeric",
              // JSON and XML
              "to_json to_jsonb row_to_json json_agg json_agg_strict json_agg_transfn",
              "json_agg_strict_transfn json_build_array json_build_object json_object_agg",
              "json_object_agg_strict json_object_agg_transfn json_object_agg_strict_transfn",
              "json_object_agg_unique json_object_agg_unique_strict json_object_agg_unique_transfn",
              "json_object_agg_unique_strict_transfn json_populate_record json_populate_recordset",
              "json_to_record json_to_recordset jsonb_agg jsonb_agg_strict jsonb_agg_finalfn",
              "jsonb_agg_transfn jsonb_agg_strict_transfn jsonb_build_array jsonb_build_object",
              "jsonb_object_agg_finalfn jsonb_object_agg_transfn jsonb_object_agg_strict_transfn",
              "jsonb_object_agg_unique_transfn jsonb_object_agg_unique_strict_transfn",
              "jsonb_populate_record jsonb_populate_record_valid jsonb_populate_recordset",
              "jsonb_to_record jsonb_to_recordset",
              "xml xml_is_well_formed",
              // text search
              "to_tsvector to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery",
              "json_to_tsvector jsonb_to_tsvector ts_headline ts_match_tq ts_match_tt",
              // extensions: a dictionary, and a threshold that is a setting
              "unaccent similarity_op word_similarity_op word_similarity_commutator_op",
              "strict_word_similarity_op strict_word_similarity_commutator_op"),
          BuiltIns.names(
              // keyword functions, which pg_proc does not hold
              "current_date current_time current_timestamp localtime localtimestamp system_user",
              "current_setting merge_action",
              // time, chance, identity
              "now clock_timestamp statement_timestamp transaction_timestamp timeofday random",
              "jsonb_path_exists_tz jsonb_path_match_tz jsonb_path_query_tz",
              "jsonb_path_query_array_tz jsonb_path_query_first_tz",
              "random_normal setseed gen_random_uuid uuidv4 uuidv7 array_shuffle array_sample",
              "uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 gen_salt gen_random_bytes",
              "pgp_sym_encrypt pgp_sym_encrypt_bytea pgp_pub_encrypt pgp_pub_encrypt_bytea",
              "normal_rand txid_status pg_xact_status pg_xact_commit_timestamp",
              // sequences are not cached, so writing one invalidates nothing
              "nextval setval currval lastval pg_sequence_last_value",
              // waiting, locks, messages
              "pg_sleep pg_sleep_for pg_sleep_until pg_notify pg_logical_emit_message",
              "pg_advisory_lock pg_advisory_lock_shared pg_advisory_unlock",
              "pg_advisory_unlock_all pg_advisory_unlock_shared pg_advisory_xact_lock",
              "pg_advisory_xact_lock_shared pg_try_advisory_lock pg_try_advisory_lock_shared",
              "pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared pg_blocking_pids",
              "pg_safe_snapshot_blocking_pids pg_isolation_test_session_is_blocked",
              // the state of the server
              "pg_is_in_recovery pg_last_wal_receive_lsn pg_last_wal_replay_lsn pg_promote",
              "pg_last_xact_replay_timestamp pg_current_wal_lsn pg_current_wal_insert_lsn",
              "pg_current_wal_flush_lsn pg_switch_wal pg_create_restore_point pg_export_snapshot",
              "pg_cancel_backend pg_terminate_backend pg_reload_conf pg_rotate_logfile",
              "pg_database_size pg_relation_size pg_table_size pg_indexes_size pg_tablespace_size",
              "pg_total_relation_size pg_lock_status pg_stat_statements pg_stat_statements_info",
              "pg_stat_statements_reset pg_stat_reset pg_stat_clear_snapshot pg_stat_file",
              "pg_read_file pg_read_binary_file pg_ls_dir pg_jit_available",
              "pg_partition_tree pg_partition_ancestors pg_wal_replay_pause pg_wal_replay_resume",
              "pg_get_wal_replay_pause_state pg_is_wal_replay_paused pg_backup_start",
              "pg_backup_stop pg_control_system pg_control_checkpoint",
              // large objects live in the system catalogue, which is never cached
              "lo_close lo_creat lo_create lo_export lo_from_bytea lo_get lo_import lo_lseek",
              "lo_lseek64 lo_open lo_put lo_tell lo_tell64 lo_truncate lo_truncate64 lo_unlink",
              "loread lowrite lo_manage",
              // trigger functions that only look at or change the row at hand
              "suppress_redundant_updates_trigger tsvector_update_trigger",
              "tsvector_update_trigger_column unique_key_recheck moddatetime autoinc",
              "insert_username triggered_change_notification check_primary_key",
              // foreign keys are followed by the catalogue itself
              "ri_fkey_check_ins ri_fkey_check_upd ri_fkey_noaction_del ri_fkey_noaction_upd",
              "ri_fkey_restrict_del ri_fkey_restrict_upd ri_fkey_cascade_del",
              "ri_fkey_cascade_upd ri_fkey_setnull_del ri_fkey_setnull_upd",
              "ri_fkey_setdefault_del ri_fkey_setdefault_upd",
              // table sampling
              "system bernoulli system_rows system_time"),
          Set.of("set_config", "set_limit"));

  private PostgresBuiltIns() {}
}
