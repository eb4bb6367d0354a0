package dev.larder.jdbc.internal.product.mysql;

import static dev.larder.jdbc.internal.product.mysqlprotocol.Variables.names;

import dev.larder.jdbc.internal.product.mysqlprotocol.Variables;
import java.util.Set;

/** What the variables of MySQL's sessions are, of releases to come as well. Immutable. */
final class MySqlVariables {

  private static final Set<String> NEUTRAL =
      names(
          // limits
          "wait_timeout interactive_timeout net_read_timeout net_write_timeout net_retry_count",
          "net_buffer_length max_execution_time lock_wait_timeout innodb_lock_wait_timeout",
          "max_sp_recursion_depth max_delayed_threads max_insert_delayed_threads",
          "connection_memory_chunk_size connection_memory_limit global_connection_memory_tracking",
          // the transaction
          "transaction_read_only foreign_key_checks unique_checks low_priority_updates",
          "sql_safe_updates innodb_table_locks innodb_strict_mode xa_detach_on_prepare",
          // memory
          "bulk_insert_buffer_size histogram_generation_max_mem_size join_buffer_size",
          "max_heap_table_size max_length_for_sort_data myisam_repair_threads",
          "myisam_sort_buffer_size preload_buffer_size query_alloc_block_size",
          "query_prealloc_size range_alloc_block_size read_buffer_size read_rnd_buffer_size",
          "select_into_buffer_size select_into_disk_sync select_into_disk_sync_delay",
          "set_operations_buffer_size sort_buffer_size tmp_table_size",
          "transaction_alloc_block_size transaction_prealloc_size big_tables sql_buffer_result",
          "innodb_tmpdir internal_tmp_mem_storage_engine innodb_ddl_buffer_size",
          "innodb_ddl_threads innodb_parallel_read_threads parser_max_mem_size",
          "range_optimizer_max_mem_size",
          // the optimizer
          "eq_range_index_dive_limit max_seeks_for_key myisam_stats_method",
          "optimizer_max_subgraph_pairs optimizer_prune_level optimizer_search_depth",
          "optimizer_switch optimizer_trace optimizer_trace_features optimizer_trace_limit",
          "optimizer_trace_max_mem_size optimizer_trace_offset secondary_engine_cost_threshold",
          // of what is never cached: the catalogue, and what EXPLAIN and SHOW answer
          "information_schema_stats_expiry end_markers_in_json explain_format",
          "explain_json_format_version show_create_table_skip_secondary_engine",
          "show_create_table_verbosity show_gipk_in_create_table_and_information_schema",
          "show_old_temporals print_identified_with_as_hex sql_quote_show_create",
          "terminology_use_previous",
          // what is logged
          "long_query_time min_examined_row_limit profiling profiling_history_size sql_log_bin",
          "sql_log_off binlog_direct_non_transactional_updates binlog_format binlog_row_image",
          "binlog_row_value_options binlog_rows_query_log_events binlog_transaction_compression",
          "binlog_transaction_compression_level_zstd rbr_exec_mode",
          "transaction_write_set_extraction transaction_allow_batching session_track_gtids",
          "session_track_schema session_track_state_change session_track_system_variables",
          "session_track_transaction_info");

  private static final Set<String> KEYED =
      names(
          "sql_mode time_zone character_set_client character_set_results lc_time_names",
          "character_set_connection character_set_database character_set_filesystem",
          "character_set_server collation_connection collation_database collation_server",
          "default_collation_for_utf8mb4 lc_messages group_concat_max_len",
          "div_precision_increment default_week_format sql_auto_is_null transaction_isolation",
          "max_sort_length sql_big_selects max_join_size cte_max_recursion_depth",
          "max_points_in_geometry max_allowed_packet windowing_use_high_precision",
          "innodb_ft_enable_stopword innodb_ft_user_stopword_table auto_increment_increment",
          "auto_increment_offset block_encryption_mode default_storage_engine",
          "default_tmp_storage_engine default_table_encryption explicit_defaults_for_timestamp",
          "keep_files_on_create max_error_count max_user_connections new old_alter_table",
          "resultset_metadata sql_notes sql_warnings updatable_views_with_limit",
          "use_secondary_engine group_replication_consistency gtid_next pseudo_slave_mode",
          "pseudo_replica_mode original_commit_timestamp original_server_version",
          "immediate_server_version require_row_format restrict_fk_on_non_standard_key",
          "sql_require_primary_key sql_generate_invisible_primary_key",
          "generated_random_password_length innodb_native_foreign_keys enable_cascade_triggers");

  private static final Set<String> PASSING =
      names(
          "autocommit timestamp rand_seed1 rand_seed2 last_insert_id identity insert_id",
          "pseudo_thread_id error_count warning_count external_user proxy_user gtid_owned");

  private static final Set<String> READING = names("sql_mode");

  /*
   * The driver sets the limit of rows for Statement.setMaxRows, and afterwards not back to what it
   * was; and where the end of a transaction begins the next, no statement says that one is open.
   */
  static final Set<String> UNFOLLOWED = names("sql_select_limit completion_type");

  static final Variables ALL = new Variables(NEUTRAL, KEYED, PASSING, READING, UNFOLLOWED);

  private MySqlVariables() {}
}
