package dev.larder.jdbc.internal.product.mysqlprotocol;

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
import org.jspecify.annotations.Nullable;

/** Reads SET and USE. Immutable and thread-safe. */
public final class VariableStatements implements SettingStatements {

  private static final String READ_ONLY = "transaction_read_only";
  private static final String READ_ONLY_OF_OLD = "tx_read_only";

  private final Variables variables;

  /**
   * @param variables what the product's variables are
   */
  public VariableStatements(Variables variables) {
    this.variables = variables;
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
  private @Nullable String set(Statement s, FactsBuilder facts) {
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

  private @Nullable String transaction(Statement s, boolean session, FactsBuilder facts) {
    facts.kind = Kind.TRANSACTION;
    if (s.says(s.find("READ"), "READ", "ONLY") || s.says(s.find("READ"), "READ", "WRITE")) {
      // Said without SESSION it waits for the next transaction, whosever that is.
      facts.session(
          new SessionEffect.Neutral(
              variables.neutral().contains(READ_ONLY_OF_OLD) ? READ_ONLY_OF_OLD : READ_ONLY));
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

  private @Nullable String assignment(Statement s, FactsBuilder facts) {
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

  private @Nullable String value(
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
    if (variables.unfollowed().contains(name)) {
      if (constant == null && !scannedClean(value)) {
        return name;
      }
      facts.session(new SessionEffect.Unknown("SET " + name));
      return null;
    }
    if (variables.neutral().contains(name)) {
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
      facts.session(new SessionEffect.Set(name, values, false, variables.reading().contains(name)));
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
