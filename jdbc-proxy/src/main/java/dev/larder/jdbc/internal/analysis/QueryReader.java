package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Facts.Kind;
import dev.larder.jdbc.internal.analysis.Facts.TableWrite;
import java.util.List;
import java.util.Set;

/**
 * Reads the facts of queries and data changes: the token scan finds every name, and the parser must
 * agree that a query is one. Thread-safe.
 */
final class QueryReader {

  private static final Set<String> SESSION_LOCKS = Set.of("get_lock");

  private final SqlParser parser;
  private final SettingStatements settings;
  private final AnalysisLimits limits;

  QueryReader(SqlParser parser, AnalysisLimits limits, SettingStatements settings) {
    this.settings = settings;
    this.parser = parser;
    this.limits = limits;
  }

  Facts query(Statement s) {
    ScannedNames names = TableReferenceScanner.statement(s.tokens(), s.from(), s.to());
    FactsBuilder facts = collected(names, Kind.QUERY);
    if (names.changesData() && s.word(0).equals("WITH")) {
      return change(s, names);
    }
    if (names.assignsVariable()) {
      facts.session(new SessionEffect.Unknown("an assignment to a user variable"));
    }
    if (!facts.writes.isEmpty()) {
      facts.obstacle(BypassReason.MODIFIES_DATA, "a part of the query modifies data");
    }
    if (names.hasUnknownTarget()) {
      facts.obstacle(BypassReason.MODIFIES_DATA, "a data change whose target was not understood");
      return facts.becomeUnknown("a data change whose target was not understood").build();
    }
    if (names.selectInto().isPresent()) {
      return selectInto(s, names.selectInto().getAsInt() - s.from(), facts);
    }
    if (containsSemicolon(s)) {
      return facts.becomeUnknown("a semicolon inside parentheses").build();
    }
    parse(s, facts);
    session(s, facts);
    if (isOneCall(s) && Locking.releasesAll(s.part(1))) {
      facts.locks = Locking.RELEASES;
    }
    if (facts.obstacles.isEmpty()) {
      facts.times = TimeQueries.ofQuery(s.tokens(), s.from(), s.to());
      facts.rows =
          RowPredicateAnalyzer.read(s, facts.reads, names.mentions(), names.commonTables());
    }
    return facts.build();
  }

  Facts change(Statement s) {
    return change(s, TableReferenceScanner.statement(s.tokens(), s.from(), s.to()));
  }

  private Facts change(Statement s, ScannedNames names) {
    FactsBuilder facts = collected(names, Kind.WRITE);
    if (facts.writes.isEmpty() || names.hasUnknownTarget() || containsSemicolon(s)) {
      return facts.becomeUnknown("a data change whose target was not understood").build();
    }
    session(s, facts);
    TableWrite write = facts.writes.iterator().next();
    boolean updatesInstead =
        facts.writes.equals(
            Set.of(
                new TableWrite(write.table(), Verb.INSERT),
                new TableWrite(write.table(), Verb.UPDATE)));
    if (facts.writes.size() == 1) {
      facts.rows = WriteRowAnalyzer.read(s, write);
    } else if (updatesInstead) {
      facts.rows = WriteRowAnalyzer.read(s, new TableWrite(write.table(), Verb.INSERT));
    }
    return facts.build();
  }

  private static FactsBuilder collected(ScannedNames names, Kind kind) {
    FactsBuilder facts = new FactsBuilder(kind);
    facts.reads.addAll(names.reads());
    facts.commonTables.addAll(names.commonTables());
    for (ObjectName table : names.reads()) {
      if (table.schema() == null && table.name().equalsIgnoreCase("dual")) {
        facts.commonTables.add(table.name()); // a product's own row, unless somebody made one
      }
    }
    facts.writes.addAll(names.writes());
    facts.functions.addAll(names.functions());
    facts.escaped.addAll(names.escaped());
    facts.attributes.addAll(names.attributes());
    facts.obstacles.addAll(names.obstacles());
    return facts;
  }

  /** {@code SELECT f()}: what the function does has been done once. */
  private static boolean isOneCall(Statement s) {
    return s.size() == 4
        && s.word(0).equals("SELECT")
        && s.isName(1)
        && s.is(2, '(')
        && s.is(3, ')');
  }

  private static boolean containsSemicolon(Statement s) {
    for (int i = 0; i < s.size(); i++) {
      if (s.is(i, ';')) {
        return true;
      }
    }
    return false;
  }

  private void parse(Statement s, FactsBuilder facts) {
    if (tooLarge(s)) {
      facts.obstacle(BypassReason.TEXT_TOO_LARGE, "a text beyond the limits of analysis");
      return;
    }
    SqlParser.Outcome outcome = parser.parse(s);
    if (outcome instanceof SqlParser.Names names) {
      for (ObjectName table : names.tables()) {
        if (!written(facts, table)) {
          facts.reads.add(table);
        }
      }
      facts.functions.addAll(names.functions());
    } else if (outcome instanceof SqlParser.Refused refused) {
      facts.obstacle(BypassReason.UNPARSEABLE, refused.why());
    } else if (outcome instanceof SqlParser.Unfinished unfinished) {
      facts.obstacle(BypassReason.ANALYSIS_TIMEOUT, unfinished.why());
    }
  }

  private static boolean written(FactsBuilder facts, ObjectName table) {
    return facts.writes.stream().anyMatch(write -> write.table().equals(table));
  }

  private boolean tooLarge(Statement s) {
    if (s.tokens().text.length() > limits.maxCharacters()
        || s.size() > limits.maxTokens()
        || s.tokens().depth > limits.maxDepth()) {
      return true;
    }
    int cases = 0;
    for (int i = 0; i < s.size(); i++) {
      switch (s.word(i)) {
        case "CASE" -> {
          if (++cases > limits.maxDepth() / 2) {
            return true;
          }
        }
        case "END" -> cases--;
        default -> {}
      }
    }
    return false;
  }

  /** What the functions of a statement do to its session by their names alone. */
  private void session(Statement s, FactsBuilder facts) {
    for (ObjectName function : facts.functions) {
      String name = Tokens.lower(function.name());
      List<SessionEffect> effects = settings.ofCall(name, s);
      if (!effects.isEmpty()) {
        facts.obstacle(BypassReason.NON_DETERMINISTIC_FUNCTION, name);
        effects.forEach(facts::session);
      } else if (SESSION_LOCKS.contains(name)
          || name.startsWith("pg_advisory_lock")
          || name.startsWith("pg_try_advisory_lock")) {
        facts.session(new SessionEffect.LeavesResidue("an advisory lock"));
      }
    }
  }

  private static Facts selectInto(Statement s, int target, FactsBuilder facts) {
    boolean file = s.word(target).equals("OUTFILE") || s.word(target).equals("DUMPFILE");
    if (file) {
      return facts.becomeUnknown("SELECT INTO " + s.word(target)).build();
    }
    if (s.has(SyntaxTrait.SELECT_INTO_VARIABLES) || s.kind(target) == Tokens.VARIABLE) {
      facts.obstacle(BypassReason.NON_DETERMINISTIC_CONSTRUCT, "SELECT INTO a variable");
      facts.session(new SessionEffect.Unknown("SELECT INTO a variable"));
      return facts.build();
    }
    facts.kind = Kind.DEFINITION;
    facts.mayCommit = s.mayHave(SyntaxTrait.DEFINITIONS_COMMIT);
    if (s.mayHave(SyntaxTrait.SELECT_INTO_VARIABLES)) {
      facts.session(new SessionEffect.Unknown("SELECT INTO"));
    }
    facts.obstacle(BypassReason.MODIFIES_DATA, "SELECT INTO");
    if (s.word(target).equals("LOCAL") || s.word(target).equals("GLOBAL")) {
      target++;
    }
    if (s.word(target).startsWith("TEMP") || s.says(target, "PG_TEMP")) {
      facts.session(new SessionEffect.CreatesTemporary());
    }
    return facts.build();
  }
}
