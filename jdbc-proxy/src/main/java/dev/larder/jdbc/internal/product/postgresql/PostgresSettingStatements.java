package dev.larder.jdbc.internal.product.postgresql;

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

/** Reads PostgreSQL's SET, RESET, DISCARD and set_config. Stateless. */
public final class PostgresSettingStatements implements SettingStatements {

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

  private static Set<String> names(String... lines) {
    return Set.of(String.join(" ", lines).split(" "));
  }

  /** Whether somebody has decided what this setting of the product's is. */
  static boolean isClassified(String name) {
    return NEUTRAL.contains(name) || KEYED.contains(name) || READING.contains(name);
  }

  /** The facts of SET, RESET or DISCARD, or null where this is none of them. */
  @Override
  public @Nullable Facts read(Statement s) {
    FactsBuilder facts = new FactsBuilder(Kind.SESSION);
    switch (s.word(0)) {
      case "SET" -> set(s, facts);
      case "RESET" -> reset(s, facts);
      case "DISCARD" -> discard(s, facts);
      default -> {
        return null;
      }
    }
    return facts.build();
  }

  private static void set(Statement s, FactsBuilder facts) {
    boolean local = s.word(1).equals("LOCAL");
    int at = local || (s.word(1).equals("SESSION") && !isSessionForm(s)) ? 2 : 1;
    switch (s.word(at)) {
      case "CONSTRAINTS" -> {
        return;
      }
      case "TRANSACTION" -> {
        transaction(s.from(at), facts, false);
        return;
      }
      case "TIME" -> {
        if (s.says(at, "TIME", "ZONE")) {
          if (s.word(at + 2).equals("LOCAL") || s.word(at + 2).equals("DEFAULT")) {
            facts.session(new SessionEffect.Reset("timezone"));
          } else {
            assign("timezone", s.from(at + 2), local, facts);
          }
          return;
        }
      }
      case "ROLE" -> {
        if (!isAssignment(s, at + 1)) {
          assign("role", s.from(at + 1), local, facts);
          return;
        }
      }
      case "SESSION" -> {
        if (s.says(at, "SESSION", "CHARACTERISTICS")) {
          transaction(s.from(at + 2), facts, true);
          return;
        }
        if (s.says(at, "SESSION", "AUTHORIZATION")) {
          assign("session_authorization", s.from(at + 2), local, facts);
          facts.session(noRole(local));
          return;
        }
      }
      case "SCHEMA" -> {
        if (!isAssignment(s, at + 1)) {
          assign("search_path", s.from(at + 1), local, facts);
          return;
        }
      }
      case "NAMES" -> {
        if (!isAssignment(s, at + 1)) {
          assign("client_encoding", s.from(at + 1), local, facts);
          return;
        }
      }
      case "XML" -> {
        if (s.says(at, "XML", "OPTION")) {
          assign("xmloption", s.from(at + 2), local, facts);
          return;
        }
      }
      default -> {}
    }
    if (!s.isName(at)) {
      facts.session(new SessionEffect.Unknown("SET"));
      return;
    }
    int end = s.nameEnd(at);
    if (!isAssignment(s, end)) {
      facts.session(new SessionEffect.Unknown("SET"));
      return;
    }
    assign(settingName(s, at), s.from(end + 1), local, facts);
  }

  private static boolean isSessionForm(Statement s) {
    return s.word(2).equals("CHARACTERISTICS") || s.word(2).equals("AUTHORIZATION");
  }

  private static boolean isAssignment(Statement s, int i) {
    return s.word(i).equals("TO") || s.is(i, '=');
  }

  private static String settingName(Statement s, int i) {
    return Tokens.lower(s.name(i).toString());
  }

  /** A new session user acts in no role, whatever was set before. */
  private static SessionEffect noRole(boolean local) {
    return new SessionEffect.Set("role", List.of(Value.literal("none")), local);
  }

  /** SET TRANSACTION and SET SESSION CHARACTERISTICS. */
  private static void transaction(Statement s, FactsBuilder facts, boolean session) {
    facts.kind = Kind.TRANSACTION;
    if (session && (s.mentions("READ") || s.mentions("DEFERRABLE"))) {
      facts.session(new SessionEffect.Neutral("default_transaction_read_only"));
      facts.session(new SessionEffect.Neutral("default_transaction_deferrable"));
    }
    Integer isolation = IsolationWords.in(s);
    if (isolation != null) {
      facts.transaction =
          session
              ? new TransactionEffect.SessionIsolation(isolation)
              : new TransactionEffect.Isolation(isolation);
    } else if (s.mentions("SNAPSHOT") || s.mentions("ISOLATION")) {
      facts.session(new SessionEffect.Unknown("SET TRANSACTION SNAPSHOT"));
    }
  }

  private static void assign(String name, Statement value, boolean local, FactsBuilder facts) {
    if (isNeutral(name)) {
      neutral(name, local, facts);
      return;
    }
    if (name.equals("transaction_isolation") || name.equals("default_transaction_isolation")) {
      isolation(name, value.size() == 1 ? value.constant(0) : "", facts);
      return;
    }
    if (value.size() == 1 && value.word(0).equals("DEFAULT")) {
      facts.session(local ? SessionEffect.Set.untold(name, true) : new SessionEffect.Reset(name));
      return;
    }
    List<Value> values = values(value);
    if (name.equals("datestyle") && values != null && values.size() < 2) {
      values = null; // keeps half of what was set before
    }
    facts.session(
        values == null
            ? SessionEffect.Set.untold(name, local)
            : new SessionEffect.Set(name, values, local, READING.contains(name)));
  }

  /** What is local to a transaction leaves nothing behind. */
  private static void neutral(String name, boolean local, FactsBuilder facts) {
    boolean ofTransaction =
        name.equals("transaction_read_only") || name.equals("transaction_deferrable");
    if (!local && !ofTransaction) {
      facts.session(new SessionEffect.Neutral(name));
    }
  }

  public static boolean isNeutral(String name) {
    return NEUTRAL.contains(name);
  }

  private static void isolation(String name, String level, FactsBuilder facts) {
    Integer isolation = IsolationWords.level(level);
    if (isolation == null) {
      facts.session(new SessionEffect.Unknown(name));
      return;
    }
    facts.kind = Kind.TRANSACTION;
    facts.transaction =
        name.startsWith("default")
            ? new TransactionEffect.SessionIsolation(isolation)
            : new TransactionEffect.Isolation(isolation);
  }

  /** The constants of a value, or null where it holds anything else. */
  private static @Nullable List<Value> values(Statement value) {
    List<Value> values = new ArrayList<>();
    StringBuilder sign = new StringBuilder();
    for (int i = 0; i < value.size(); i++) {
      switch (value.kind(i)) {
        case Tokens.PARAMETER -> values.add(Value.parameter(value.parameter(i)));
        case Tokens.SYMBOL -> {
          if (value.isSymbol(i, "-") || value.isSymbol(i, "+")) {
            sign.append(value.spelling(i));
          } else if (!value.is(i, ',') && !value.is(i, '(') && !value.is(i, ')')) {
            return null;
          }
        }
        case Tokens.WORD, Tokens.QUOTED, Tokens.STRING, Tokens.NUMBER -> {
          if (!isPlain(value, i)) {
            return null;
          }
          values.add(Value.literal(sign + value.constant(i)));
          sign.setLength(0);
        }
        default -> {
          return null;
        }
      }
    }
    return values.isEmpty() ? null : values;
  }

  /**
   * Whether the text of a constant is its value: E'...', U&'...' and 0x10 stand for something else,
   * which another constant may spell.
   */
  private static boolean isPlain(Statement s, int i) {
    String spelled = s.spelling(i);
    return switch (s.kind(i)) {
      case Tokens.STRING -> spelled.startsWith("'") && !s.constant(i).equals(spelled);
      case Tokens.NUMBER -> spelled.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
      default -> true;
    };
  }

  private static void reset(Statement s, FactsBuilder facts) {
    if (s.says(1, "ALL")) {
      facts.session(new SessionEffect.ResetAll(false));
    } else if (s.says(1, "ROLE")) {
      facts.session(new SessionEffect.Reset("role"));
    } else if (s.says(1, "SESSION", "AUTHORIZATION")) {
      facts.session(new SessionEffect.Reset("session_authorization"));
      facts.session(noRole(false));
    } else if (s.says(1, "TIME", "ZONE")) {
      facts.session(new SessionEffect.Reset("timezone"));
    } else if (s.says(1, "TRANSACTION", "ISOLATION") || !s.isName(1)) {
      facts.session(new SessionEffect.Unknown("RESET"));
    } else {
      String name = settingName(s, 1);
      if (name.endsWith("transaction_isolation")) {
        facts.session(new SessionEffect.Unknown(name));
      } else {
        facts.session(new SessionEffect.Reset(name));
      }
    }
  }

  private static void discard(Statement s, FactsBuilder facts) {
    switch (s.word(1)) {
      case "ALL" -> facts.session(new SessionEffect.ResetAll(true));
      case "TEMP", "TEMPORARY", "PLANS", "SEQUENCES" -> {}
      default -> facts.session(new SessionEffect.Unknown("DISCARD"));
    }
  }

  @Override
  public List<SessionEffect> ofCall(String function, Statement statement) {
    return switch (function) {
      case "set_config" -> setConfig(statement);
      case "pg_reload_conf" -> List.of(new SessionEffect.ReloadsDefaults());
      default -> List.of();
    };
  }

  /**
   * What the set_config calls of a query set: exactly known only where they are the whole select
   * list of a query without FROM.
   */
  private static List<SessionEffect> setConfig(Statement s) {
    List<SessionEffect> unknown = List.of(new SessionEffect.Unknown("set_config"));
    if (!s.word(0).equals("SELECT")) {
      return unknown;
    }
    FactsBuilder found = new FactsBuilder(Kind.QUERY);
    int at = 1;
    while (true) {
      if (s.says(at, "PG_CATALOG")) {
        at += 2;
      }
      if (!s.says(at, "SET_CONFIG") || !s.is(at + 1, '(')) {
        return unknown;
      }
      int close = s.afterParenthesis(at + 1) - 1;
      if (!setConfig(s.from(at + 2).upTo(close - at - 2), found)) {
        return unknown;
      }
      at = close + 1;
      if (s.says(at, "AS") && s.isName(at + 1)) {
        at += 2;
      } else if (s.isName(at) && !s.says(at, "FROM")) {
        at++;
      }
      if (at >= s.size()) {
        return found.session;
      }
      if (!s.is(at, ',')) {
        return unknown;
      }
      at++;
    }
  }

  /** One call's arguments: name, value, is_local. */
  private static boolean setConfig(Statement arguments, FactsBuilder found) {
    List<Integer> constants = new ArrayList<>(3);
    int at = 0;
    while (at < arguments.size()) {
      byte kind = arguments.kind(at);
      boolean constant = kind == Tokens.STRING || kind == Tokens.PARAMETER || kind == Tokens.WORD;
      if (!constant) {
        return false;
      }
      constants.add(at++);
      if (arguments.isSymbol(at, "::") && arguments.isName(at + 1)) {
        at += 2;
      }
      if (at < arguments.size() && !arguments.is(at, ',')) {
        return false;
      }
      at++;
    }
    if (constants.size() != 3 || arguments.kind(constants.get(0)) != Tokens.STRING) {
      return false;
    }
    String name = Tokens.lower(arguments.constant(constants.get(0)));
    String local = Tokens.lower(arguments.constant(constants.get(2)));
    int value = constants.get(1);
    boolean certain =
        arguments.constant(constants.get(0)).indexOf('\'') < 0
            && !name.endsWith("transaction_isolation")
            && !name.equals("session_authorization")
            && (local.equals("true") || local.equals("false"))
            && arguments.kind(value) != Tokens.WORD;
    if (!certain) {
      return false;
    }
    if (name.equals("time zone")) {
      name = "timezone";
    }
    if (isNeutral(name)) {
      neutral(name, local.equals("true"), found);
      return true;
    }
    Value given = null;
    if (arguments.kind(value) == Tokens.PARAMETER) {
      given = Value.parameter(arguments.parameter(value));
    } else if (isPlain(arguments, value)) {
      given = Value.literal(arguments.constant(value));
    }
    found.session(
        given == null || name.equals("datestyle")
            ? SessionEffect.Set.untold(name, local.equals("true"))
            : new SessionEffect.Set(
                name,
                List.of(name.equals("search_path") ? given.asList() : given),
                local.equals("true"),
                READING.contains(name)));
    return true;
  }
}
