package dev.larder.jdbc.internal.analysis;

import java.util.LinkedHashSet;
import java.util.Set;

/** The part of the scan that reads what TRUNCATE names. Used by one thread, once. */
final class Truncation {

  private final TokenRange range;
  private final ScannedNames.Builder names;

  Truncation(TokenRange range, ScannedNames.Builder names) {
    this.range = range;
    this.names = names;
  }

  /** The index after the list of tables that starts at {@code i}. */
  int read(int i) {
    int at = i;
    if (range.word(at).equals("TABLE") && (range.isName(at + 1) || range.is(at + 1, '('))) {
      at++;
    }
    Set<ObjectName> tables = new LinkedHashSet<>();
    while (at < range.to) {
      if (range.word(at).equals("ONLY") && range.isName(at + 1)) {
        at++;
      }
      if (!range.isName(at)) {
        names.unknownTarget();
        break;
      }
      tables.add(range.tokens.name(at));
      at = range.tokens.nameEnd(at);
      if (at < range.to && range.tokens.isSymbol(at, "*")) {
        at++;
      }
      if (!range.is(at, ',')) {
        break;
      }
      at++;
    }
    Verb verb = range.saysLater(at, "CASCADE") ? Verb.TRUNCATE_CASCADE : Verb.TRUNCATE;
    for (ObjectName table : tables) {
      names.truncate(table, verb);
    }
    return at;
  }
}
