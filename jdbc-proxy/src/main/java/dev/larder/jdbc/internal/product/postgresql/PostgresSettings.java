package dev.larder.jdbc.internal.product.postgresql;

import java.util.Set;

/** The settings of a session of PostgreSQL, by what they decide. Stateless. */
final class PostgresSettings {

  /*
   * A whole name, never a part of one: whoever reads a setting named log_tenant.id in a policy would otherwise be answered with
   * another tenant's rows. What is in none of these lists is part of the key, and so is every name with a dot.
   */

  /** Settings that decide how fast, how long or how loudly a statement runs, and nothing else. */
  private static final Set<String> NEUTRAL =
      names(
          "application_name client_min_messages client_connection_check_interval",
          // limits
          "statement_timeout lock_timeout idle_session_timeout transaction_timeout",
          "idle_in_transaction_session_timeout deadlock_timeout max_stack_depth temp_file_limit",
          "tcp_keepalives_count tcp_keepalives_idle tcp_keepalives_interval tcp_user_timeout",
          "wal_sender_timeout",
          // memory and reading
          "work_mem maintenance_work_mem logical_decoding_work_mem hash_mem_multiplier",
          "temp_buffers gin_pending_list_limit backend_flush_after effective_io_concurrency",
          "maintenance_io_concurrency io_combine_limit vacuum_buffer_usage_limit",
          // the transaction
          "transaction_read_only default_transaction_read_only transaction_deferrable",
          "default_transaction_deferrable synchronous_commit commit_delay commit_siblings",
          // the planner
          "random_page_cost seq_page_cost cpu_index_tuple_cost cpu_operator_cost cpu_tuple_cost",
          "parallel_setup_cost parallel_tuple_cost effective_cache_size constraint_exclusion",
          "cursor_tuple_fraction default_statistics_target from_collapse_limit plan_cache_mode",
          "join_collapse_limit recursive_worktable_factor parallel_leader_participation",
          "min_parallel_index_scan_size min_parallel_table_scan_size max_parallel_workers",
          "max_parallel_maintenance_workers max_parallel_workers_per_gather",
          "debug_parallel_query enable_async_append enable_bitmapscan enable_gathermerge",
          "enable_group_by_reordering enable_hashagg enable_hashjoin enable_incremental_sort",
          "enable_indexonlyscan enable_indexscan enable_material enable_memoize",
          "enable_mergejoin enable_nestloop enable_parallel_append enable_parallel_hash",
          "enable_partition_pruning enable_partitionwise_aggregate enable_partitionwise_join",
          "enable_presorted_aggregate enable_seqscan enable_sort enable_tidscan",
          "enable_distinct_reordering enable_self_join_elimination enable_eager_aggregate",
          "geqo geqo_effort geqo_generations geqo_pool_size geqo_seed geqo_selection_bias",
          "geqo_threshold jit jit_above_cost jit_dump_bitcode jit_expressions",
          "jit_inline_above_cost jit_optimize_above_cost jit_tuple_deforming",
          // what is logged and counted
          "log_duration log_error_verbosity log_executor_stats log_lock_waits",
          "log_min_duration_sample log_min_duration_statement log_min_error_statement",
          "log_min_messages log_parameter_max_length log_parameter_max_length_on_error",
          "log_parser_stats log_planner_stats log_replication_commands log_statement",
          "log_statement_sample_rate log_statement_stats log_temp_files log_lock_failures",
          "log_transaction_sample_rate backtrace_functions compute_query_id",
          "debug_pretty_print debug_print_parse debug_print_plan debug_print_rewritten",
          "debug_print_raw_parse track_activities track_counts track_functions track_io_timing",
          "track_wal_io_timing track_cost_delay_timing stats_fetch_consistency trace_notify",
          "trace_sort update_process_title",
          // upkeep
          "vacuum_cost_delay vacuum_cost_limit vacuum_cost_page_dirty vacuum_cost_page_hit",
          "vacuum_cost_page_miss vacuum_failsafe_age vacuum_freeze_min_age",
          "vacuum_freeze_table_age vacuum_multixact_failsafe_age vacuum_truncate",
          "vacuum_multixact_freeze_min_age vacuum_multixact_freeze_table_age",
          "vacuum_max_eager_freeze_failure_rate wal_compression wal_init_zero wal_recycle",
          "wal_skip_threshold wal_consistency_checking check_function_bodies");

  /** Settings that decide how the server reads a text: no later text can be read for certain. */
  private static final Set<String> READING =
      names("standard_conforming_strings backslash_quote session_replication_role");

  /** Settings that alter an answer, a getter, an error or what a definition means. */
  private static final Set<String> KEYED =
      names(
          "role session_authorization search_path row_security",
          "datestyle intervalstyle timezone timezone_abbreviations lc_messages lc_monetary",
          "lc_numeric lc_time default_text_search_config client_encoding",
          "array_nulls bytea_output extra_float_digits quote_all_identifiers",
          "transform_null_equals xmlbinary xmloption escape_string_warning",
          "gin_fuzzy_search_limit synchronize_seqscans restrict_nonsystem_relation_kind",
          "lo_compat_privileges event_triggers allow_in_place_tablespaces",
          "allow_system_table_mods createrole_self_grant default_table_access_method",
          "default_tablespace default_toast_compression temp_tablespaces",
          "dynamic_library_path output_plugin_libraries local_preload_libraries",
          "session_preload_libraries extension_control_path icu_validation_level",
          "password_encryption scram_iterations md5_password_warnings ignore_checksum_failure",
          "zero_damaged_pages exit_on_error debug_discard_caches file_copy_method",
          "debug_logical_replication_streaming transaction_isolation",
          "default_transaction_isolation");

  private PostgresSettings() {}

  private static Set<String> names(String... lines) {
    return Set.of(String.join(" ", lines).split(" "));
  }

  /** Whether somebody has decided what this setting of the product's is. */
  static boolean isClassified(String name) {
    return NEUTRAL.contains(name) || KEYED.contains(name) || READING.contains(name);
  }

  /** Whether it is the same to every answer. */
  static boolean isNeutral(String name) {
    return NEUTRAL.contains(name);
  }

  /** Whether it decides how a later text is read. */
  static boolean decidesReading(String name) {
    return READING.contains(name);
  }
}
