package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Facts.Kind;

/** Decides what sort of statement this is by its first words, and reads its facts. Stateless. */
final class StatementReader {

  private final QueryReader queries;
  private final SettingStatements settings;

  StatementReader(QueryReader queries, SettingStatements settings) {
    this.queries = queries;
    this.settings = settings;
  }

  Facts read(Statement s) {
    Facts transaction = TransactionStatements.read(s);
    if (transaction != null) {
      return s.tokens().is(s.to() - 1, ';') ? unknown("a compound statement") : transaction;
    }
    Facts setting = settings.read(s);
    if (setting != null) {
      return setting;
    }
    return switch (s.word(0)) {
      case "SELECT", "WITH", "VALUES", "TABLE" -> queries.query(s);
      case "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE" -> queries.change(s);
      case "TRUNCATE" -> truncate(s);
      case "COPY" -> copy(s);
      case "REFRESH" -> refresh(s);
      case "LOAD" -> load(s);
      case "CREATE" -> create(s);
      case "DROP" ->
          s.has(SyntaxTrait.DROP_TEMPORARY) && s.says(1, "TEMPORARY")
              ? harmless(false)
              : definition(s).build();
      case "ALTER",
          "GRANT",
          "REVOKE",
          "COMMENT",
          "RENAME",
          "REINDEX",
          "CLUSTER",
          "SECURITY",
          "REASSIGN",
          "IMPORT" ->
          definition(s).build();
      case "EXPLAIN", "DESCRIBE", "DESC" -> explain(s);
      case "ANALYZE", "ANALYSE" -> analyze(s);
      case "SHOW", "VACUUM", "NOTIFY", "UNLISTEN", "CLOSE", "FETCH", "MOVE", "DEALLOCATE", "HELP" ->
          harmless(false);
      case "CHECKPOINT" -> harmless(s.mayHave(SyntaxTrait.DEFINITIONS_COMMIT));
      case "LISTEN" -> residue(Kind.HARMLESS, "LISTEN");
      case "LOCK" ->
          s.has(SyntaxTrait.LOCK_ENDS_WITH_TRANSACTION)
              ? lockTable()
              : residue(Kind.UNKNOWN, "LOCK TABLES");
      case "UNLOCK" -> harmless(true);
      case "PREPARE" -> residue(Kind.UNKNOWN, "PREPARE");
      case "EXECUTE" -> residue(Kind.UNKNOWN, "EXECUTE");
      case "DECLARE" -> declare(s);
      case "DO" -> s.has(SyntaxTrait.ANONYMOUS_BLOCKS) ? block(s) : unknown("DO");
      case "CALL" -> CallReader.read(s);
      case "" -> {
        if (CallReader.isEscape(s)) {
          yield CallReader.read(s);
        }
        yield s.is(0, '(') && s.size() > 1 ? parenthesised(s) : unknown("unknown text");
      }
      default -> unknown(s.word(0));
    };
  }

  private static Facts unknown(String what) {
    return FactsBuilder.unknown(what, BypassReason.NOT_A_QUERY);
  }

  private static Facts harmless(boolean mayCommit) {
    FactsBuilder facts = new FactsBuilder(Kind.HARMLESS);
    facts.mayCommit = mayCommit;
    return facts.build();
  }

  private static Facts lockTable() {
    FactsBuilder facts = new FactsBuilder(Kind.HARMLESS);
    facts.locks = Locking.TRANSACTION;
    return facts.build();
  }

  private static Facts residue(Kind kind, String what) {
    FactsBuilder facts = new FactsBuilder(kind);
    if (kind == Kind.UNKNOWN) {
      facts.becomeUnknown(what);
    }
    return facts.session(new SessionEffect.LeavesResidue(what)).build();
  }

  private Facts parenthesised(Statement s) {
    int at = 0;
    while (s.is(at, '(')) {
      at++;
    }
    return Vocabulary.QUERY_STARTS.contains(s.word(at))
        ? queries.query(s)
        : unknown("unknown text");
  }

  private static FactsBuilder definition(Statement s) {
    FactsBuilder facts = new FactsBuilder(Kind.DEFINITION);
    facts.mayCommit = s.mayHave(SyntaxTrait.DEFINITIONS_COMMIT);
    for (int i = 0; i + 1 < s.size(); i++) {
      if (s.is(i, ';')) {
        // A compound body, and perhaps statements after it that nobody told from it.
        facts.session(new SessionEffect.Unknown("a compound definition"));
        break;
      }
    }
    return facts;
  }

  private static Facts create(Statement s) {
    FactsBuilder facts = definition(s);
    int at = 1;
    while (s.word(at).equals("OR")
        || s.word(at).equals("REPLACE")
        || s.word(at).equals("LOCAL")
        || s.word(at).equals("GLOBAL")
        || s.word(at).equals("CACHED")
        || s.word(at).equals("MEMORY")) {
      at++;
    }
    boolean temporary = s.word(at).equals("TEMP") || s.word(at).equals("TEMPORARY");
    for (int i = at; i < Math.min(s.size(), at + 8); i++) {
      temporary |=
          s.isName(i)
              && s.is(i + 1, '.')
              && s.name(i).name().length() > 0
              && "pg_temp".equals(s.name(i).schema());
    }
    if (!temporary) {
      return facts.build();
    }
    facts.session(new SessionEffect.CreatesTemporary());
    boolean plain =
        (s.word(at).equals("TEMP") || s.word(at).equals("TEMPORARY"))
            && s.word(at + 1).equals("TABLE")
            && s.has(SyntaxTrait.PRIVATE_TEMPORARY_TABLES)
            && !s.mentions("AS")
            && !s.mentions("SELECT")
            && !s.mentions("EXECUTE")
            && !s.mentions("WITH")
            && !s.mentions("VALUES")
            && !s.mentions("TABLE_FUNCTION");
    if (plain && facts.session.size() == 1) {
      facts.kind = Kind.HARMLESS;
      facts.mayCommit = false;
    }
    return facts.build();
  }

  /** An anonymous block: a body of PL/pgSQL, where nothing else is said. */
  private static Facts block(Statement s) {
    boolean named = s.word(1).equals("LANGUAGE");
    int at = named ? 3 : 1;
    boolean plain =
        named
            ? s.size() == 4 && s.says(2, "PLPGSQL")
            : s.size() == 2 || (s.size() == 4 && s.says(2, "LANGUAGE", "PLPGSQL"));
    String body = plain && s.kind(at) == Tokens.STRING ? Block.body(s.spelling(at)) : null;
    BodyFacts found = body == null ? null : Block.read(body, s.tokens().syntax);
    if (found == null || found.opaque() != null) {
      return unknown("DO");
    }
    FactsBuilder facts = new FactsBuilder(Kind.WRITE);
    facts.reads.addAll(found.reads());
    facts.writes.addAll(found.writes());
    facts.functions.addAll(found.functions());
    return facts.obstacle(BypassReason.NOT_A_QUERY, "DO").build();
  }

  private static Facts truncate(Statement s) {
    ScannedNames names = TableReferenceScanner.truncation(s.tokens(), s.from() + 1, s.to());
    if (names.hasUnknownTarget() || names.writes().isEmpty()) {
      return unknown("TRUNCATE");
    }
    FactsBuilder facts = new FactsBuilder(Kind.WRITE);
    facts.writes.addAll(names.writes());
    facts.mayCommit = s.mayHave(SyntaxTrait.DEFINITIONS_COMMIT);
    return facts.build();
  }

  private Facts copy(Statement s) {
    if (s.is(1, '(')) {
      int close = s.afterParenthesis(1);
      Facts inner = read(s.upTo(close - 1).from(2));
      return executed(inner, "COPY");
    }
    int at = s.word(1).equals("BINARY") && s.isName(2) ? 2 : 1;
    if (!s.isName(at)) {
      return unknown("COPY");
    }
    int after = s.nameEnd(at);
    if (s.is(after, '(')) {
      after = s.afterParenthesis(after);
    }
    if (s.word(after).equals("TO")) {
      FactsBuilder facts = new FactsBuilder(Kind.QUERY);
      facts.reads.add(s.name(at));
      return facts.obstacle(BypassReason.NON_DETERMINISTIC_CONSTRUCT, "COPY").build();
    }
    if (!s.word(after).equals("FROM")) {
      return unknown("COPY");
    }
    return new FactsBuilder(Kind.WRITE).write(s.name(at), Verb.INSERT).build();
  }

  private static Facts refresh(Statement s) {
    int at = s.says(3, "CONCURRENTLY") ? 4 : 3;
    if (!s.says(1, "MATERIALIZED", "VIEW") || !s.isName(at)) {
      return unknown("REFRESH");
    }
    return new FactsBuilder(Kind.WRITE).write(s.name(at), Verb.REFRESH).build();
  }

  private static Facts load(Statement s) {
    if (s.has(SyntaxTrait.LOADS_LIBRARIES)) {
      return residue(Kind.UNKNOWN, "LOAD");
    }
    int into = s.find("INTO");
    boolean rows = s.word(1).equals("DATA") || s.word(1).equals("XML");
    if (!rows || into < 0 || !s.says(into + 1, "TABLE") || !s.isName(into + 2)) {
      return unknown("LOAD");
    }
    FactsBuilder facts = new FactsBuilder(Kind.WRITE);
    ObjectName table = s.name(into + 2);
    facts.write(table, Verb.INSERT);
    if (s.mentions("REPLACE")) {
      facts.write(table, Verb.DELETE);
    }
    if (s.mentions("SET")) {
      facts.functions.addAll(
          TableReferenceScanner.statement(s.tokens(), s.from() + into, s.to()).functions());
    }
    return facts.build();
  }

  private Facts explain(Statement s) {
    int at = 1;
    boolean runs = false;
    if (s.is(at, '(')
        && s.mayHave(SyntaxTrait.EXPLAIN_OPTIONS_IN_PARENTHESES)
        && !startsQuery(s, at)) {
      int close = s.afterParenthesis(at);
      runs = s.upTo(close).mentions("ANALYZE") || s.upTo(close).mentions("ANALYSE");
      at = close;
    }
    while (isExplainOption(s.word(at)) || s.is(at, '=')) {
      runs |= s.word(at).startsWith("ANALY");
      at++;
    }
    return runs ? executed(read(s.from(at)), "EXPLAIN ANALYZE") : harmless(false);
  }

  private static boolean startsQuery(Statement s, int i) {
    int at = i;
    while (s.is(at, '(')) {
      at++;
    }
    return Vocabulary.QUERY_STARTS.contains(s.word(at));
  }

  private static boolean isExplainOption(String word) {
    return switch (word) {
      case "ANALYZE",
          "ANALYSE",
          "VERBOSE",
          "PLAN",
          "FOR",
          "EXTENDED",
          "PARTITIONS",
          "FORMAT",
          "JSON",
          "TREE",
          "TRADITIONAL" ->
          true;
      default -> false;
    };
  }

  /** It gathers statistics, or runs a statement. */
  private Facts analyze(Statement s) {
    boolean commits = s.mayHave(SyntaxTrait.DEFINITIONS_COMMIT);
    if (!s.mayHave(SyntaxTrait.ANALYZE_RUNS)) {
      return harmless(commits);
    }
    int at = 1;
    while (s.word(at).equals("FORMAT") || s.is(at, '=') || s.word(at).equals("JSON")) {
      at++;
    }
    boolean statistics =
        s.size() == 1
            || s.word(at).equals("TABLE") && !s.mentions("SELECT")
            || s.word(at).equals("NO_WRITE_TO_BINLOG")
            || s.word(at).equals("LOCAL");
    return statistics ? harmless(commits) : executed(read(s.from(at)), "ANALYZE");
  }

  private Facts declare(Statement s) {
    int at = s.find("FOR");
    if (!s.has(SyntaxTrait.SQL_CURSORS) || at < 0 || s.find("CURSOR") < 0) {
      return unknown("DECLARE");
    }
    Facts inner = executed(read(s.from(at + 1)), "DECLARE CURSOR");
    boolean hold = s.upTo(at).says(at - 2, "WITH", "HOLD");
    if (!hold) {
      return inner;
    }
    FactsBuilder facts = copyOf(inner);
    return facts.session(new SessionEffect.LeavesResidue("a cursor WITH HOLD")).build();
  }

  /** The facts of a statement that another one runs, whose answer is of another shape. */
  private static Facts executed(Facts inner, String by) {
    FactsBuilder facts = copyOf(inner);
    switch (inner.kind()) {
      case QUERY, WRITE -> facts.obstacle(BypassReason.NON_DETERMINISTIC_CONSTRUCT, by);
      case DEFINITION -> {
        return inner;
      }
      default -> {
        return unknown(by);
      }
    }
    return facts.build();
  }

  private static FactsBuilder copyOf(Facts inner) {
    FactsBuilder facts = new FactsBuilder(inner.kind());
    facts.reads.addAll(inner.reads());
    facts.commonTables.addAll(inner.commonTables());
    facts.writes.addAll(inner.writes());
    facts.functions.addAll(inner.functions());
    facts.obstacles.addAll(inner.obstacles());
    facts.session.addAll(inner.session());
    facts.transaction = inner.transaction();
    facts.locks = inner.locks();
    facts.mayCommit = inner.mayCommit();
    return facts;
  }
}
