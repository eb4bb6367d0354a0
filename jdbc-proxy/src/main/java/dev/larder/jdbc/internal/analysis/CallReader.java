package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Facts.Kind;

/**
 * Reads the call of a routine: {@code {call f()}}, {@code {? = call f()}} and {@code CALL f()}.
 * Stateless.
 */
final class CallReader {

  private static final String CALL = "CALL";

  private CallReader() {}

  /** Whether the statement begins as a call in JDBC's words. */
  static boolean isEscape(Statement s) {
    int at = s.is(0, '{') ? 1 : 0;
    if (s.kind(at) == Tokens.PARAMETER && s.is(at + 1, '=')) {
      at += 2;
    }
    return at > 0 && s.word(at).equals(CALL);
  }

  /**
   * The facts of a call. Of a routine that returns something a driver makes {@code SELECT f()} or
   * its like; without that it may be a procedure, which on some products does more than any
   * function may.
   */
  static Facts read(Statement s) {
    int at = s.find(CALL) + 1;
    boolean returns = s.is(at - 2, '=');
    boolean escaped = s.is(0, '{');
    int end = escaped ? s.size() - 1 : s.size();
    boolean isRead = returns || s.has(SyntaxTrait.CALLS_ARE_READ);
    if (!isRead || !s.isName(at) || (escaped && !s.is(end, '}'))) {
      return unknown();
    }
    int after = s.nameEnd(at);
    boolean hasArguments = s.is(after, '(');
    if ((hasArguments ? s.afterParenthesis(after) : after) != end) {
      return unknown();
    }
    ScannedNames names = TableReferenceScanner.statement(s.tokens(), s.from() + at, s.from() + end);
    boolean isPlain =
        names.writes().isEmpty()
            && !names.hasUnknownTarget()
            && !names.assignsVariable()
            && names.selectInto().isEmpty();
    FactsBuilder facts = new FactsBuilder(Kind.CALL);
    facts.reads.addAll(names.reads());
    facts.commonTables.addAll(names.commonTables());
    facts.functions.addAll(names.functions());
    facts.escaped.addAll(names.escaped());
    facts.attributes.addAll(names.attributes());
    facts.obstacles.addAll(names.obstacles());
    ObjectName name = s.name(at);
    boolean folds = s.kind(after - 1) == Tokens.WORD;
    facts.functions.add(
        folds ? new ObjectName(name.catalog(), name.schema(), Tokens.lower(name.name())) : name);
    boolean sets = facts.functions.stream().anyMatch(f -> f.name().equalsIgnoreCase("set_config"));
    if (!isPlain || sets) {
      return unknown();
    }
    facts.mayCommit = true;
    return facts.build();
  }

  static Facts unknown() {
    return FactsBuilder.unknown(CALL, BypassReason.NOT_A_QUERY);
  }
}
