package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.internal.analysis.Facts.Kind;
import dev.larder.jdbc.internal.analysis.SessionEffect.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads PostgreSQL's SET, RESET, DISCARD and set_config. Stateless. */
final class PostgresSettings {

  private static final Set<String> NEUTRAL =
      Set.of(
          "application_name",
          "statement_timeout",
          "lock_timeout",
          "idle_session_timeout",
          "idle_in_transaction_session_timeout",
          "transaction_timeout",
          "work_mem",
          "maintenance_work_mem",
          "autovacuum_work_mem",
          "logical_decoding_work_mem",
          "random_page_cost",
          "seq_page_cost",
          "client_min_messages",
          "synchronous_commit",
          "temp_buffers",
          "hash_mem_multiplier",
          "plan_cache_mode",
          "commit_delay",
          "commit_siblings",
          "from_collapse_limit",
          "join_collapse_limit",
          "deadlock_timeout",
          "default_transaction_read_only",
          "transaction_read_only",
          "default_transaction_deferrable",
          "transaction_deferrable",
          "constraint_exclusion",
          "cursor_tuple_fraction",
          "default_statistics_target",
          "debug_print_plan",
          "backend_flush_after",
          "maintenance_io_concurrency",
          "wal_compression",
          "temp_file_limit",
          "vacuum_cost_delay",
          "vacuum_cost_limit",
          "stats_fetch_consistency",
          "check_function_bodies",
          "gin_pending_list_limit",
          "recursive_worktable_factor",
          "min_parallel_table_scan_size",
          "min_parallel_index_scan_size");

  private static final List<String> NEUTRAL_PREFIXES =
      List.of(
          "enable_",
          "cpu_",
          "effective_",
          "jit",
          "log_",
          "max_parallel_",
          "parallel_",
          "geqo",
          "tcp_keepalives_",
          "track_",
          "auto_explain.",
          "pg_stat_statements.");

  /** Settings that decide how the server reads a text: no later text can be read for certain. */
  private static final Set<String> READING =
      Set.of("standard_conforming_strings", "backslash_quote", "session_replication_role");

  private PostgresSettings() {}

  /** The facts of SET, RESET or DISCARD, or null where this is none of them. */
  static @Nullable Facts read(Statement s) {
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
      return;
    }
    if (name.equals("transaction_isolation") || name.equals("default_transaction_isolation")) {
      isolation(name, value.size() == 1 ? value.constant(0) : "", facts);
      return;
    }
    if (READING.contains(name)) {
      facts.session(new SessionEffect.Unknown(name));
      return;
    }
    if (value.size() == 1 && value.word(0).equals("DEFAULT")) {
      facts.session(
          local
              ? new SessionEffect.Unknown("SET LOCAL ... TO DEFAULT")
              : new SessionEffect.Reset(name));
      return;
    }
    List<Value> values = values(value);
    if (name.equals("datestyle") && values != null && values.size() < 2) {
      values = null; // keeps half of what was set before
    }
    facts.session(
        values == null
            ? new SessionEffect.Unknown(name)
            : new SessionEffect.Set(name, values, local));
  }

  static boolean isNeutral(String name) {
    if (NEUTRAL.contains(name)) {
      return true;
    }
    for (String prefix : NEUTRAL_PREFIXES) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
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
      if (name.endsWith("transaction_isolation") || READING.contains(name)) {
        facts.session(new SessionEffect.Unknown(name));
      } else if (!isNeutral(name)) {
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

  /**
   * What the set_config calls of a query set: exactly known only where they are the whole select
   * list of a query without FROM.
   */
  static List<SessionEffect> setConfig(Statement s) {
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
        !name.startsWith("e'")
            && !name.startsWith("u&")
            && !name.endsWith("transaction_isolation")
            && !READING.contains(name)
            && !name.equals("datestyle")
            && !name.equals("session_authorization")
            && (local.equals("true") || local.equals("false"))
            && arguments.kind(value) != Tokens.WORD;
    if (!certain) {
      return false;
    }
    if (!isNeutral(name)) {
      List<Value> values =
          arguments.kind(value) == Tokens.PARAMETER
              ? List.of(Value.parameter(arguments.parameter(value)))
              : name.equals("search_path")
                  ? list(arguments.constant(value))
                  : List.of(Value.literal(arguments.constant(value)));
      found.session(
          new SessionEffect.Set(
              name.equals("time zone") ? "timezone" : name, values, local.equals("true")));
    }
    return true;
  }

  /** The names of a list such as {@code a, "B"}, as PostgreSQL parts a search path. */
  private static List<Value> list(String text) {
    List<Value> values = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String name = part.strip();
      boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
      values.add(Value.literal(quoted ? name.substring(1, name.length() - 1) : Tokens.lower(name)));
    }
    return values;
  }
}
