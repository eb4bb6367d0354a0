package dev.larder.jdbc.internal.product.mariadb;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.Facts.Kind;
import dev.larder.jdbc.internal.analysis.FactsBuilder;
import dev.larder.jdbc.internal.analysis.IsolationWords;
import dev.larder.jdbc.internal.analysis.SessionEffect;
import dev.larder.jdbc.internal.analysis.SessionEffect.Value;
import dev.larder.jdbc.internal.analysis.SettingStatements;
import dev.larder.jdbc.internal.analysis.Statement;
import dev.larder.jdbc.internal.analysis.Tokens;
import dev.larder.jdbc.internal.analysis.TransactionEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads MariaDB's SET and USE. Stateless. */
public final class MariaDbSettingStatements implements SettingStatements {

  /** Variables that decide how fast, how long or how loudly a statement runs, and nothing else. */
  public static final Set<String> NEUTRAL =
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

  /** Variables that decide how the server reads a text: no later text can be read for certain. */
  private static final Set<String> READING = names("sql_mode");

  /** Variables that alter an answer, a value that is converted, a warning or a written row. */
  public static final Set<String> KEYED =
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

  /**
   * Variables that every statement may give another value: no part of what a session begins with.
   */
  private static final Set<String> PASSING =
      names(
          "autocommit timestamp rand_seed1 rand_seed2 last_insert_id identity insert_id",
          "pseudo_thread_id gtid_seq_no");

  private static Set<String> names(String... lines) {
    return Set.of(String.join(" ", lines).split(" "));
  }

  /** Whether somebody has decided what this variable of the product's is. */
  static boolean isClassified(String name) {
    return NEUTRAL.contains(name) || KEYED.contains(name) || PASSING.contains(name);
  }

  /** The facts of SET or USE, or null where this is neither. */
  @Override
  public @Nullable Facts read(Statement s) {
    FactsBuilder facts = new FactsBuilder(Kind.SESSION);
    switch (s.word(0)) {
      case "USE" -> {
        if (!s.isName(1)) {
          return null;
        }
        facts.session(
            new SessionEffect.Set("schema", List.of(Value.literal(s.name(1).name())), false));
        return facts.build();
      }
      case "SET" -> {
        String problem = set(s.from(1), facts);
        return problem == null ? facts.build() : unknown(problem);
      }
      default -> {
        return null;
      }
    }
  }

  private static Facts unknown(String what) {
    return FactsBuilder.unknown(what, BypassReason.NOT_A_QUERY);
  }

  /** Reads what follows SET; a non-null answer is the reason why it is beyond the session. */
  private static @Nullable String set(Statement s, FactsBuilder facts) {
    switch (s.word(0)) {
      case "STATEMENT", "PASSWORD", "GLOBAL", "PERSIST", "PERSIST_ONLY", "DEFAULT", "RESOURCE" -> {
        return "SET " + s.word(0);
      }
      case "TRANSACTION" -> {
        return transaction(s, false, facts);
      }
      case "SESSION", "LOCAL" -> {
        if (s.word(1).equals("TRANSACTION")) {
          return transaction(s.from(1), true, facts);
        }
      }
      case "NAMES" -> {
        return characterSet("names", s.from(1), facts);
      }
      case "CHARACTER", "CHARSET" -> {
        int at = s.says(0, "CHARACTER", "SET") ? 2 : 1;
        return characterSet("character_set", s.from(at), facts);
      }
      case "ROLE" -> {
        List<Value> role = constants(s.from(1));
        if (role == null) {
          return "SET ROLE";
        }
        facts.session(new SessionEffect.Set("role", role, false));
        return null;
      }
      default -> {}
    }
    int start = 0;
    int depth = 0;
    for (int i = 0; i <= s.size(); i++) {
      if (s.is(i, '(')) {
        depth++;
      } else if (s.is(i, ')')) {
        depth--;
      } else if (i == s.size() || (depth == 0 && s.is(i, ','))) {
        String problem = assignment(s.upTo(i).from(start), facts);
        if (problem != null) {
          return problem;
        }
        start = i + 1;
      }
    }
    return null;
  }

  private static @Nullable String transaction(Statement s, boolean session, FactsBuilder facts) {
    facts.kind = Kind.TRANSACTION;
    if (s.says(s.find("READ"), "READ", "ONLY") || s.says(s.find("READ"), "READ", "WRITE")) {
      // Said without SESSION it waits for the next transaction, whosever that is.
      facts.session(new SessionEffect.Neutral("tx_read_only"));
    }
    Integer isolation = IsolationWords.in(s);
    if (isolation == null && s.mentions("ISOLATION")) {
      return "SET TRANSACTION";
    }
    if (isolation != null) {
      facts.transaction =
          session
              ? new TransactionEffect.SessionIsolation(isolation)
              : new TransactionEffect.Isolation(isolation);
    }
    return null;
  }

  /** SET NAMES and SET CHARACTER SET set four variables, which may each be set alone as well. */
  private static @Nullable String characterSet(String form, Statement value, FactsBuilder facts) {
    List<Value> values = constants(value);
    if (values == null) {
      return "SET " + form;
    }
    facts.session(new SessionEffect.Set("character_set_client", values, false));
    facts.session(new SessionEffect.Set("character_set_results", values, false));
    connectionCharacters(form, values, facts);
    return null;
  }

  /** The character set of the connection and its collation follow each other. */
  private static void connectionCharacters(String by, List<Value> values, FactsBuilder facts) {
    List<Value> said = new ArrayList<>(values);
    said.add(0, Value.literal(by));
    facts.session(new SessionEffect.Set("character_set_connection", said, false));
    facts.session(new SessionEffect.Set("collation_connection", said, false));
  }

  private static @Nullable List<Value> constants(Statement value) {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      if (value.kind(i) == Tokens.PARAMETER) {
        values.add(Value.parameter(value.parameter(i)));
      } else if (value.kind(i) == Tokens.SYMBOL || value.kind(i) == Tokens.VARIABLE) {
        return null;
      } else {
        values.add(Value.literal(value.constant(i)));
      }
    }
    return values.isEmpty() ? null : values;
  }

  private static @Nullable String assignment(Statement s, FactsBuilder facts) {
    int at = 0;
    boolean sessionScope = false;
    switch (s.word(0)) {
      case "SESSION", "LOCAL" -> {
        at = 1;
        sessionScope = true;
      }
      case "GLOBAL", "PERSIST", "PERSIST_ONLY" -> {
        return "SET " + s.word(0);
      }
      default -> {}
    }
    String name;
    int equals;
    if (s.kind(at) == Tokens.VARIABLE) {
      name = Tokens.lower(s.spelling(at));
      equals = at + 1;
      boolean user = !name.startsWith("@@");
      if (!user) {
        name = name.substring(2);
        int dot = name.indexOf('.');
        String scope = dot < 0 ? "" : name.substring(0, dot);
        switch (scope) {
          case "global", "persist", "persist_only" -> {
            return "SET @@" + scope;
          }
          case "session", "local" -> {
            sessionScope = true;
            name = name.substring(dot + 1);
          }
          default -> {}
        }
      } else {
        name = name.replace("`", "").replace("'", "").replace("\"", "");
      }
    } else if (s.isName(at)) {
      name = Tokens.lower(s.name(at).toString());
      equals = s.nameEnd(at);
      sessionScope = true;
    } else {
      return "SET";
    }
    if (!s.is(equals, '=') && !s.isSymbol(equals, ":=")) {
      return "SET";
    }
    return value(name, sessionScope, s.from(equals + 1), facts);
  }

  private static @Nullable String value(
      String name, boolean sessionScope, Statement value, FactsBuilder facts) {
    String constant = constant(value);
    switch (name) {
      case "autocommit" -> {
        Boolean on = constant == null ? null : onOff(constant);
        return on == null ? "autocommit" : transaction(new TransactionEffect.AutoCommit(on), facts);
      }
      case "tx_isolation", "transaction_isolation" -> {
        Integer level = constant == null ? null : IsolationWords.level(constant);
        if (level == null) {
          return name;
        }
        return transaction(
            sessionScope
                ? new TransactionEffect.SessionIsolation(level)
                : new TransactionEffect.Isolation(level),
            facts);
      }
      default -> {}
    }
    if (NEUTRAL.contains(name)) {
      if (constant == null && !scannedClean(value)) {
        return name;
      }
      facts.session(new SessionEffect.Neutral(name));
      return null;
    }
    boolean parameter = value.size() == 1 && value.kind(0) == Tokens.PARAMETER;
    if (!parameter && constant == null) {
      if (!scannedClean(value)) {
        return name;
      }
      facts.session(SessionEffect.Set.untold(name, false));
      return null;
    }
    List<Value> values =
        List.of(constant == null ? Value.parameter(value.parameter(0)) : Value.literal(constant));
    if (name.equals("character_set_connection") || name.equals("collation_connection")) {
      connectionCharacters(name, values, facts);
    } else {
      facts.session(new SessionEffect.Set(name, values, false, READING.contains(name)));
    }
    return null;
  }

  /** Whether the value calls nothing: SET x = f() may write. */
  private static boolean scannedClean(Statement value) {
    for (int i = 0; i < value.size(); i++) {
      if (value.is(i, '(')) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String transaction(TransactionEffect effect, FactsBuilder facts) {
    if (facts.transaction != TransactionEffect.NONE) {
      return "SET with several effects on the transaction";
    }
    facts.kind = Kind.TRANSACTION;
    facts.transaction = effect;
    return null;
  }

  private static @Nullable Boolean onOff(String value) {
    return switch (Tokens.lower(value)) {
      case "1", "on", "true", "default" -> true;
      case "0", "off", "false" -> false;
      default -> null;
    };
  }

  private static @Nullable String constant(Statement value) {
    if (value.size() == 2 && value.isSymbol(0, "-") && value.kind(1) == Tokens.NUMBER) {
      return "-" + value.spelling(1);
    }
    if (value.size() != 1) {
      return null;
    }
    return switch (value.kind(0)) {
      case Tokens.WORD, Tokens.STRING, Tokens.STRING_OR_NAME, Tokens.NUMBER -> value.constant(0);
      default -> null;
    };
  }
}
