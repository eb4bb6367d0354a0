package dev.larder.jdbc.internal.product.mariadb;

import static dev.larder.jdbc.internal.product.mysqlprotocol.Variables.names;

import dev.larder.jdbc.internal.product.mysqlprotocol.Variables;
import java.util.Set;

/** What the variables of MariaDB's sessions are. Immutable and thread-safe. */
final class MariaDbVariables {

  private static final Set<String> NEUTRAL =
      names(
          // limits
          "wait_timeout interactive_timeout net_read_timeout net_write_timeout net_retry_count",
          "net_buffer_length max_statement_time lock_wait_timeout innodb_lock_wait_timeout",
          "idle_transaction_timeout idle_write_transaction_timeout",
          "idle_readonly_transaction_timeout deadlock_search_depth_long tcp_nodelay",
          "deadlock_search_depth_short deadlock_timeout_long deadlock_timeout_short",
          "max_session_mem_used max_sp_recursion_depth max_delayed_threads",
          "max_insert_delayed_threads thread_pool_priority progress_report_time",
          // the transaction
          "tx_read_only transaction_read_only foreign_key_checks unique_checks",
          "check_constraint_checks low_priority_updates sql_safe_updates innodb_table_locks",
          "innodb_strict_mode",
          // memory
          "aria_repair_threads aria_sort_buffer_size bulk_insert_buffer_size join_buffer_size",
          "join_buffer_space_limit max_heap_table_size max_length_for_sort_data",
          "mrr_buffer_size myisam_repair_threads myisam_sort_buffer_size preload_buffer_size",
          "query_alloc_block_size query_prealloc_size range_alloc_block_size read_buffer_size",
          "read_rnd_buffer_size rowid_merge_buff_size sort_buffer_size tmp_disk_table_size",
          "tmp_memory_table_size tmp_table_size transaction_alloc_block_size",
          "transaction_prealloc_size big_tables sql_buffer_result innodb_tmpdir",
          // the optimizer
          "analyze_sample_percentage aria_stats_method myisam_stats_method",
          "eq_range_index_dive_limit expensive_subquery_limit histogram_size histogram_type",
          "in_predicate_conversion_threshold join_cache_level max_rowid_filter_size",
          "max_seeks_for_key optimizer_adjust_secondary_key_costs",
          "optimizer_extra_pruning_depth optimizer_join_limit_pref_ratio",
          "optimizer_max_sel_arg_weight optimizer_max_sel_args optimizer_prune_level",
          "optimizer_scan_setup_cost optimizer_search_depth",
          "optimizer_selectivity_sampling_limit optimizer_switch optimizer_trace",
          "optimizer_trace_max_mem_size optimizer_use_condition_selectivity",
          "optimizer_where_cost use_stat_tables query_cache_strip_comments query_cache_type",
          "query_cache_wlock_invalidate",
          // what is logged
          "log_disabled_statements log_queries_not_using_indexes log_slow_admin_statements",
          "log_slow_disabled_statements log_slow_filter log_slow_max_warnings",
          "log_slow_min_examined_row_limit log_slow_query log_slow_query_time",
          "log_slow_rate_limit log_slow_slave_statements log_slow_verbosity log_warnings",
          "long_query_time min_examined_row_limit profiling profiling_history_size",
          "slow_query_log sql_log_bin sql_log_off binlog_alter_two_phase binlog_row_image",
          "binlog_annotate_row_events binlog_direct_non_transactional_updates binlog_format",
          "session_track_schema session_track_state_change session_track_system_variables",
          "session_track_transaction_info");

  private static final Set<String> READING = names("sql_mode");

  private static final Set<String> KEYED =
      names(
          "sql_mode time_zone character_set_client character_set_results lc_time_names",
          "character_set_connection character_set_collations character_set_database",
          "character_set_filesystem character_set_server collation_connection",
          "collation_database collation_server lc_messages sql_select_limit",
          "group_concat_max_len div_precision_increment default_week_format old_mode old",
          "old_passwords sql_auto_is_null tx_isolation transaction_isolation max_sort_length",
          "sql_big_selects max_join_size max_recursive_iterations max_allowed_packet",
          "system_versioning_asof system_versioning_alter_history",
          "system_versioning_insert_history column_compression_threshold",
          "column_compression_zlib_level column_compression_zlib_strategy",
          "column_compression_zlib_wrap innodb_compression_default",
          "innodb_default_encryption_key_id innodb_ft_enable_stopword",
          "innodb_ft_user_stopword_table innodb_snapshot_isolation auto_increment_increment",
          "auto_increment_offset block_encryption_mode completion_type alter_algorithm",
          "default_master_connection default_regex_flags default_storage_engine",
          "default_tmp_storage_engine enforce_storage_engine storage_engine",
          "explicit_defaults_for_timestamp keep_files_on_create max_error_count",
          "max_relay_log_size max_user_connections note_verbosity redirect_url sql_if_exists",
          "sql_notes sql_quote_show_create sql_slave_skip_counter sql_warnings",
          "standard_compliant_cte updatable_views_with_limit gtid_domain_id server_id",
          "skip_parallel_replication skip_replication pseudo_slave_mode wsrep_dirty_reads",
          "wsrep_on wsrep_osu_method wsrep_retry_autocommit wsrep_sync_wait wsrep_gtid_seq_no",
          "wsrep_trx_fragment_size wsrep_trx_fragment_unit");

  private static final Set<String> PASSING =
      names(
          "autocommit timestamp rand_seed1 rand_seed2 last_insert_id identity insert_id",
          "pseudo_thread_id gtid_seq_no");

  static final Variables ALL = new Variables(NEUTRAL, KEYED, PASSING, READING, Set.of());

  private MariaDbVariables() {}
}
