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
import org.jspecify.annotations.Nullable;

/** Reads PostgreSQL's SET, RESET, DISCARD and set_config. Stateless. */
public final class PostgresSettingStatements implements SettingStatements {

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
              : new TransactionEffect.Isolation(isolation, IsolationWords.safe(s));
    } else if (s.mentions("SNAPSHOT") || s.mentions("ISOLATION")) {
      facts.session(new SessionEffect.Unknown("SET TRANSACTION SNAPSHOT"));
    }
  }

  private static void assign(String name, Statement value, boolean local, FactsBuilder facts) {
    if (PostgresSettings.isNeutral(name)) {
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
            : new SessionEffect.Set(name, values, local, PostgresSettings.decidesReading(name)));
  }

  /** What is local to a transaction leaves nothing behind. */
  private static void neutral(String name, boolean local, FactsBuilder facts) {
    boolean ofTransaction =
        name.equals("transaction_read_only") || name.equals("transaction_deferrable");
    if (!local && !ofTransaction) {
      facts.session(new SessionEffect.Neutral(name));
    }
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
    if (PostgresSettings.isNeutral(name)) {
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
                PostgresSettings.decidesReading(name)));
    return true;
  }
}
