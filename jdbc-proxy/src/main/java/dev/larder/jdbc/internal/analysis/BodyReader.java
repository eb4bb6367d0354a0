package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.BypassReason;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads procedural bodies by their tokens. Stateless. */
final class BodyReader {

  private static final Set<String> OPAQUE =
      Set.of(
          "EXECUTE",
          "CALL",
          "COPY",
          "PREPARE",
          "DEALLOCATE",
          "CREATE",
          "ALTER",
          "DROP",
          "GRANT",
          "REVOKE",
          "IMPORT",
          "LOAD",
          "HANDLER",
          "RENAME",
          "REINDEX",
          "CLUSTER",
          "VACUUM",
          "DISCARD",
          "RESET",
          "LISTEN",
          "OUTFILE",
          "DUMPFILE",
          "COMMIT",
          "ROLLBACK",
          "REASSIGN",
          "LOCK",
          "FLUSH",
          "INSTALL",
          "SHUTDOWN",
          "KILL",
          "XA");

  private BodyReader() {}

  static BodyFacts read(Tokens tokens) {
    ScannedNames names = TableReferenceScanner.body(tokens);
    boolean locks =
        names.obstacles().stream().anyMatch(o -> o.reason() == BypassReason.LOCKING_CLAUSE);
    return new BodyFacts(
        names.reads(),
        names.writes(),
        names.functions(),
        names.attributes(),
        locks,
        names.commonTables(),
        RowAlteration.of(tokens),
        TimeQueries.ofBody(tokens),
        RowInsertions.of(tokens),
        unfollowed(tokens, names),
        opaque(tokens, names));
  }

  private static @Nullable String unfollowed(Tokens tokens, ScannedNames names) {
    for (Facts.Obstacle obstacle : names.obstacles()) {
      return obstacle.detail();
    }
    for (int i = 0; i < tokens.size; i++) {
      boolean literal = tokens.kind(i) == Tokens.STRING;
      if (literal && CurrentTime.literalMayStandFor(tokens.spelling(i), false)) {
        return "a literal that may stand for the current time";
      }
    }
    return ProcedureReader.obstacle(tokens);
  }

  private static @Nullable String opaque(Tokens tokens, ScannedNames names) {
    if (names.hasUnknownTarget()) {
      return "a data change whose target was not understood";
    }
    if (names.assignsVariable()) {
      return "an assignment to a user variable";
    }
    Set<String> declared = declared(tokens);
    for (int i = 0; i < tokens.size; i++) {
      String word = tokens.word(i);
      if (word.isEmpty() || tokens.is(i - 1, '.')) {
        continue;
      }
      if (OPAQUE.contains(word) && !isNeutral(tokens, i, word)) {
        return word;
      }
      if (word.equals("SET_CONFIG")) {
        return "set_config";
      }
      if ((word.equals("DO") || word.equals("SET")) && startsStatement(tokens, i)) {
        boolean known =
            word.equals("SET")
                && (tokens.word(i + 1).equals("NEW") || declared.contains(tokens.word(i + 1)))
                && !beyond(tokens, i);
        if (!known) {
          return word;
        }
      }
    }
    return null;
  }

  /** LOCK IN SHARE MODE and DECLARE ... HANDLER change nothing. */
  private static boolean isNeutral(Tokens tokens, int i, String word) {
    return switch (word) {
      case "LOCK" -> tokens.word(i + 1).equals("IN");
      case "HANDLER" -> tokens.word(i + 1).equals("FOR");
      default -> false;
    };
  }

  /** Whether a SET assigns to more than one name, of which only the first was looked at. */
  private static boolean beyond(Tokens tokens, int i) {
    int depth = 0;
    for (int at = i + 1; at < tokens.size; at++) {
      if (tokens.is(at, '(')) {
        depth++;
      } else if (tokens.is(at, ')')) {
        depth--;
      } else if (depth == 0 && tokens.is(at, ';')) {
        return false;
      } else if (depth == 0 && tokens.is(at, ',')) {
        return !tokens.word(at + 1).equals("NEW");
      }
    }
    return false;
  }

  private static Set<String> declared(Tokens tokens) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < tokens.size; i++) {
      if (tokens.word(i).equals("DECLARE")) {
        int at = i + 1;
        while (!tokens.word(at).isEmpty()) {
          names.add(tokens.word(at));
          if (!tokens.is(at + 1, ',')) {
            break;
          }
          at += 2;
        }
      }
    }
    return names;
  }

  private static boolean startsStatement(Tokens tokens, int i) {
    if (i == 0 || tokens.is(i - 1, ';') || tokens.isSymbol(i - 1, ">>") || tokens.is(i - 1, ':')) {
      return true;
    }
    return switch (tokens.word(i - 1)) {
      case "BEGIN", "THEN", "ELSE", "LOOP", "DO", "REPEAT", "ROW", "ATOMIC" -> true;
      default -> false;
    };
  }
}
