package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Facts.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads BEGIN, COMMIT, ROLLBACK, SAVEPOINT and their relatives. Stateless. */
final class TransactionStatements {

  private static final Set<String> WORDS =
      Set.of(
          "WORK",
          "TRANSACTION",
          "ISOLATION",
          "LEVEL",
          "READ",
          "WRITE",
          "ONLY",
          "UNCOMMITTED",
          "COMMITTED",
          "REPEATABLE",
          "SERIALIZABLE",
          "SNAPSHOT",
          "NOT",
          "DEFERRABLE",
          "AND",
          "NO",
          "CHAIN",
          "RELEASE",
          "WITH",
          "CONSISTENT");

  private TransactionStatements() {}

  /** The facts of a transaction statement, or null where this is none. */
  static @Nullable Facts read(Statement s) {
    if (hasOtherWords(s)) {
      return unknown(s.word(0));
    }
    return switch (s.word(0)) {
      case "BEGIN" -> s.word(1).equals("NOT") ? unknown("a compound statement") : begin(s);
      case "START" -> s.word(1).equals("TRANSACTION") ? begin(s) : unknown("START");
      case "COMMIT", "END" -> commit(s);
      case "ROLLBACK", "ABORT" -> rollback(s);
      case "SAVEPOINT" ->
          s.isName(1) ? facts(new TransactionEffect.Savepoint(s.name(1).name())) : null;
      case "RELEASE" -> {
        int at = s.word(1).equals("SAVEPOINT") ? 2 : 1;
        yield s.isName(at) ? facts(new TransactionEffect.Release(s.name(at).name())) : null;
      }
      case "PREPARE" ->
          s.says(1, "TRANSACTION")
                  || (s.says(1, "COMMIT") && s.has(SyntaxTrait.COMMIT_TRANSACTION_NAMES))
              ? facts(new TransactionEffect.Prepare(id(s, 2)))
              : null;
      case "XA" -> xa(s);
      default -> null;
    };
  }

  /** Whether more is said than the forms we know say: then it is not known what it does. */
  private static boolean hasOtherWords(Statement s) {
    switch (s.word(0)) {
      case "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT" -> {
        int prepared = s.find("PREPARED");
        int to = s.find("TO");
        boolean named = prepared == 1 || (to > 0 && to <= 2);
        int end = named ? Math.max(prepared, to) : s.size();
        for (int i = 1; i < end; i++) {
          if (!WORDS.contains(s.word(i)) && !s.is(i, ',')) {
            return !s.has(SyntaxTrait.COMMIT_TRANSACTION_NAMES)
                || !s.word(1).equals("TRANSACTION")
                || s.size() != 3;
          }
        }
        return named && s.size() > end + 3;
      }
      case "SAVEPOINT" -> {
        return s.size() > 2;
      }
      case "RELEASE" -> {
        return s.size() > 3;
      }
      default -> {
        return false;
      }
    }
  }

  private static Facts begin(Statement s) {
    FactsBuilder facts = new FactsBuilder(Kind.TRANSACTION);
    facts.transaction = new TransactionEffect.Begin(IsolationWords.in(s), IsolationWords.safe(s));
    if (s.mentions("SNAPSHOT") && s.mayHave(SyntaxTrait.CONSISTENT_SNAPSHOTS)) {
      // The snapshot is older than the first read, on which everybody else relies.
      facts.session(new SessionEffect.Unknown("WITH CONSISTENT SNAPSHOT"));
    }
    return facts.build();
  }

  private static Facts commit(Statement s) {
    if (s.says(1, "PREPARED")
        || (s.has(SyntaxTrait.COMMIT_TRANSACTION_NAMES) && s.says(1, "TRANSACTION"))) {
      return facts(new TransactionEffect.Resolve(id(s, 2)));
    }
    return facts(new TransactionEffect.Commit(chain(s)));
  }

  private static Facts rollback(Statement s) {
    if (s.says(1, "PREPARED")
        || (s.has(SyntaxTrait.COMMIT_TRANSACTION_NAMES) && s.says(1, "TRANSACTION"))) {
      return facts(new TransactionEffect.Resolve(id(s, 2)));
    }
    int to = s.find("TO");
    if (to > 0 && to <= 2) {
      int at = s.word(to + 1).equals("SAVEPOINT") ? to + 2 : to + 1;
      return s.isName(at)
          ? facts(new TransactionEffect.RollbackTo(s.name(at).name()))
          : unknown("ROLLBACK TO");
    }
    return facts(new TransactionEffect.Rollback(chain(s)));
  }

  private static boolean chain(Statement s) {
    int at = s.find("CHAIN");
    return at > 0 && !s.word(at - 1).equals("NO");
  }

  private static Facts xa(Statement s) {
    return switch (s.word(1)) {
      case "PREPARE" -> facts(new TransactionEffect.Prepare(id(s, 2)));
      case "COMMIT", "ROLLBACK" -> facts(new TransactionEffect.Resolve(id(s, 2)));
      case "RECOVER" -> new FactsBuilder(Kind.HARMLESS).build();
      default -> unknown("XA " + s.word(1));
    };
  }

  /**
   * The identifier of a prepared transaction: everything from {@code i} on, as XA ids have parts.
   */
  private static String id(Statement s, int i) {
    StringBuilder id = new StringBuilder();
    for (int at = i; at < s.size(); at++) {
      if (s.says(at, "ONE", "PHASE")) {
        break;
      }
      id.append(s.constant(at));
    }
    return id.toString();
  }

  static Facts facts(TransactionEffect effect) {
    FactsBuilder facts = new FactsBuilder(Kind.TRANSACTION);
    facts.transaction = effect;
    return facts.build();
  }

  private static Facts unknown(String what) {
    return FactsBuilder.unknown(what, BypassReason.NOT_A_QUERY);
  }
}
