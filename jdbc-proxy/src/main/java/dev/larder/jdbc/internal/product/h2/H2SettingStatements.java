package dev.larder.jdbc.internal.product.h2;

import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.Facts.Kind;
import dev.larder.jdbc.internal.analysis.FactsBuilder;
import dev.larder.jdbc.internal.analysis.IsolationWords;
import dev.larder.jdbc.internal.analysis.Locking;
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

/** Reads H2's SET and USE. Stateless. */
final class H2SettingStatements implements SettingStatements {

  /** Settings of a session that decide how fast or how long a statement runs, and nothing else. */
  private static final Set<String> NEUTRAL =
      Set.of("LOCK_TIMEOUT", "QUERY_TIMEOUT", "THROTTLE", "LAZY_QUERY_EXECUTION", "READONLY");

  /** Settings of a session that are part of the key. */
  private static final Set<String> KEYED =
      Set.of(
          "SCHEMA",
          "CATALOG",
          "SCHEMA_SEARCH_PATH",
          "TIME_ZONE",
          "VARIABLE_BINARY",
          "NON_KEYWORDS",
          "TRUNCATE_LARGE_LENGTH",
          "OLD_INFORMATION_SCHEMA");

  /** Settings of the database, which all its sessions share; but for MODE, which reads texts. */
  private static final Set<String> OF_DATABASE =
      Set.of(
          "ALLOW_LITERALS",
          "ANALYZE_AUTO",
          "ANALYZE_SAMPLE",
          "AUTHENTICATOR",
          "BUILTIN_ALIAS_OVERRIDE",
          "CACHE_SIZE",
          "COLLATION",
          "CREATE_BUILD",
          "DATABASE_EVENT_LISTENER",
          "DB_CLOSE_DELAY",
          "DEFAULT_LOCK_TIMEOUT",
          "DEFAULT_NULL_ORDERING",
          "DEFAULT_TABLE_TYPE",
          "EXCLUSIVE",
          "IGNORECASE",
          "IGNORE_CATALOGS",
          "JAVA_OBJECT_SERIALIZER",
          "LOCK_MODE",
          "MAX_LENGTH_INPLACE_LOB",
          "MAX_LOG_SIZE",
          "MAX_MEMORY_ROWS",
          "MAX_MEMORY_UNDO",
          "MAX_OPERATION_MEMORY",
          "OPTIMIZE_REUSE_RESULTS",
          "QUERY_STATISTICS",
          "QUERY_STATISTICS_MAX_ENTRIES",
          "REDO_LOG_BINARY",
          "REFERENTIAL_INTEGRITY",
          "RETENTION_TIME",
          "TRACE_LEVEL_FILE",
          "TRACE_LEVEL_SYSTEM_OUT",
          "TRACE_MAX_FILE_SIZE",
          "WRITE_DELAY");

  /** Settings after which nothing of the session that set them is cached. */
  private static final Set<String> OBSCURING = Set.of("MODE", "CLUSTER");

  /** Whether somebody has decided what this setting of the product's is. */
  static boolean isClassified(String name) {
    return NEUTRAL.contains(name)
        || KEYED.contains(name)
        || OF_DATABASE.contains(name)
        || OBSCURING.contains(name);
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
        assign("schema", s.from(1), facts);
      }
      case "SET" -> set(s.from(1), facts);
      default -> {
        return null;
      }
    }
    return facts.build();
  }

  private static void set(Statement s, FactsBuilder facts) {
    if (s.kind(0) == Tokens.VARIABLE) {
      int at = s.is(1, '=') || s.says(1, "TO") ? 2 : 1;
      assign(Tokens.lower(s.spelling(0)), s.from(at), facts);
      return;
    }
    switch (s.word(0)) {
      case "SCHEMA" -> assign("schema", value(s, 1), facts);
      case "CATALOG" -> assign("catalog", value(s, 1), facts);
      case "SCHEMA_SEARCH_PATH" -> assign("schema_search_path", value(s, 1), facts);
      case "TIME" -> {
        if (!s.says(1, "ZONE")) {
          beyondTheSession(s, facts);
        } else if (s.says(2, "LOCAL") || s.says(2, "DEFAULT")) {
          facts.session(new SessionEffect.Reset("timezone"));
        } else {
          assign("timezone", s.from(2), facts);
        }
      }
      case "VARIABLE_BINARY", "NON_KEYWORDS", "TRUNCATE_LARGE_LENGTH", "OLD_INFORMATION_SCHEMA" ->
          assign(Tokens.lower(s.word(0)), value(s, 1), facts);
      case "AUTOCOMMIT" -> {
        Statement value = value(s, 1);
        facts.kind = Kind.TRANSACTION;
        switch (value.size() == 1 ? Tokens.lower(value.constant(0)) : "") {
          case "true", "on", "1" -> facts.transaction = new TransactionEffect.AutoCommit(true);
          case "false", "off", "0" -> facts.transaction = new TransactionEffect.AutoCommit(false);
          default -> {
            facts.kind = Kind.SESSION;
            facts.session(new SessionEffect.Unknown("AUTOCOMMIT"));
          }
        }
      }
      case "SESSION" -> {
        Integer level = IsolationWords.in(s);
        if (s.says(1, "CHARACTERISTICS") && level != null) {
          facts.kind = Kind.TRANSACTION;
          facts.transaction = new TransactionEffect.SessionIsolation(level);
        } else {
          beyondTheSession(s, facts);
        }
      }
      default -> {
        if (NEUTRAL.contains(s.word(0)) && isConstant(value(s, 1))) {
          facts.session(new SessionEffect.Neutral(Tokens.lower(s.word(0))));
        } else if (OF_DATABASE.contains(s.word(0)) && isConstant(value(s, 1))) {
          // No state of this session: all have it, and read what they begin with again.
          facts.kind = Kind.DEFINITION;
          facts.mayCommit = true;
        } else {
          beyondTheSession(s, facts);
        }
      }
    }
  }

  private static boolean isConstant(Statement value) {
    return value.size() == 1
        && switch (value.kind(0)) {
          case Tokens.WORD, Tokens.STRING, Tokens.NUMBER -> true;
          default -> false;
        };
  }

  /** A setting of the database, or one that nobody knows. */
  private static void beyondTheSession(Statement s, FactsBuilder facts) {
    facts.kind = Kind.DEFINITION;
    facts.mayCommit = true;
    if (s.word(0).equals("EXCLUSIVE")) {
      facts.locks = Locking.SESSION;
    }
    facts.session(new SessionEffect.Unknown("SET " + s.word(0)));
  }

  private static Statement value(Statement s, int i) {
    return s.from(s.is(i, '=') || s.says(i, "TO") ? i + 1 : i);
  }

  private static void assign(String name, Statement value, FactsBuilder facts) {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      switch (value.kind(i)) {
        case Tokens.PARAMETER -> values.add(Value.parameter(value.parameter(i)));
        case Tokens.SYMBOL -> {
          if (value.is(i, ',')) {
            continue;
          }
          if (!value.isSymbol(i, "-") && !value.isSymbol(i, "+")) {
            unknown(name, value, facts);
            return;
          }
          values.add(Value.literal(value.spelling(i)));
        }
        case Tokens.WORD, Tokens.QUOTED ->
            values.add(Value.literal(value.tokens().part(value.from() + i)));
        case Tokens.STRING, Tokens.NUMBER -> values.add(Value.literal(value.constant(i)));
        default -> {
          unknown(name, value, facts);
          return;
        }
      }
    }
    if (values.isEmpty()) {
      unknown(name, value, facts);
      return;
    }
    facts.session(new SessionEffect.Set(name, values, false));
  }

  /** The value is an expression, which may call what writes. */
  private static void unknown(String name, Statement value, FactsBuilder facts) {
    facts.becomeUnknown(name);
    if (value.size() == 0) {
      facts.kind = Kind.SESSION;
    }
  }
}
