package dev.larder.jdbc.internal.analysis;

import static dev.larder.jdbc.internal.analysis.TokenRange.NONE;

import dev.larder.jdbc.internal.analysis.Frame.Change;

/**
 * The part of the scan that reads the verbs of data changes and their targets. Used by one thread,
 * once.
 */
final class DataChange {

  private final TokenRange range;
  private final SqlSyntax syntax;
  private final Frames frames;
  private final ScannedNames.Builder names;
  private final Truncation truncation;

  DataChange(TokenRange range, Frames frames, ScannedNames.Builder names) {
    this.range = range;
    this.syntax = range.syntax;
    this.frames = frames;
    this.names = names;
    this.truncation = new Truncation(range, names);
  }

  /** The index after what the verb at {@code i} says, or NONE where the word is no verb. */
  int read(int i, String word) {
    if (range.word(i - 1).equals("AS") && !range.body && i != range.from) {
      return NONE;
    }
    return switch (word) {
      case "INSERT" -> insert(i);
      case "UPDATE" -> update(i);
      case "DELETE" -> delete(i);
      case "MERGE" -> isVerb(i) ? merge(i) : NONE;
      case "REPLACE" -> isVerb(i) ? replace(i) : NONE;
      case "INTO" -> into(i);
      case "TRUNCATE" -> range.body && !range.is(i + 1, '(') ? truncation.read(i + 1) : NONE;
      case "REFRESH" -> range.body && says(i + 1, "MATERIALIZED") ? refresh(i) : NONE;
      default -> NONE;
    };
  }

  /** The current level ends, or its statement does. */
  void end() {
    Frame frame = frames.current();
    ObjectName table = frame.target();
    if (frame.awaitsBranches() && table != null) {
      // A MERGE that showed no branch (MERGE ... KEY) may do anything to its target.
      names.write(table, Verb.ANY);
    }
    frame.awaitsBranches(false);
    if (frame.lacksTargets(names.targets())) {
      names.unknownTarget();
    }
  }

  private boolean says(int i, String word) {
    return range.word(i).equals(word);
  }

  private boolean isVerb(int i) {
    return says(i + 1, "INTO") || (range.startsStatement(i) && range.isName(i + 1));
  }

  private boolean isModifier(int i) {
    return Vocabulary.MODIFIERS_OF_VERBS.contains(range.word(i));
  }

  /** Reads the target at {@code i}, past INTO and modifiers. */
  private int target(int i, Change change) {
    int at = i;
    while (isModifier(at) || says(at, "INTO") || (says(at, "TABLE") && range.isName(at + 1))) {
      at++;
    }
    Frame frame = frames.current();
    frame.leaveList();
    boolean parenthesised = range.is(at, '(') && range.isName(at + 1) && says(at - 1, "ONLY");
    if (parenthesised) {
      at++;
    }
    if (!range.isName(at)) {
      frame.changes(change, null);
      names.unknownTarget();
      return at;
    }
    frame.changes(change, range.tokens.name(at));
    int after = range.tokens.nameEnd(at);
    return parenthesised && range.is(after, ')') ? after + 1 : after;
  }

  /** Reads the target at {@code i}, and what is done to it. */
  private int written(int i, Change change, Verb... verbs) {
    int after = target(i, change);
    ObjectName table = frames.current().target();
    if (table != null) {
      for (Verb verb : verbs) {
        names.write(table, verb);
      }
    }
    return after;
  }

  /** A part of the statement at this level does more to its target. */
  private int branch(int i, Verb verb) {
    Frame frame = frames.current();
    frame.awaitsBranches(false);
    ObjectName table = frame.target();
    if (table == null) {
      names.unknownTarget();
    } else {
      names.write(table, verb);
    }
    return i + 1;
  }

  private int insert(int i) {
    boolean intoFollows = says(i + 1, "INTO");
    if (isBranchOfMerge(i) && !intoFollows) {
      return branch(i, Verb.INSERT);
    }
    return intoFollows || isModifier(i + 1) || isVerb(i)
        ? written(i + 1, Change.INSERT, Verb.INSERT)
        : NONE;
  }

  private boolean isBranchOfMerge(int i) {
    return says(i - 1, "THEN") && frames.current().isIn(Change.MERGE);
  }

  private int merge(int i) {
    int after = target(i + 1, Change.MERGE);
    frames.current().awaitsBranches(frames.current().target() != null);
    return after;
  }

  private int replace(int i) {
    return syntax.has(SyntaxTrait.REPLACE_NEVER_UPDATES)
        ? written(i + 1, Change.REPLACE, Verb.DELETE, Verb.INSERT)
        : written(i + 1, Change.REPLACE, Verb.DELETE, Verb.INSERT, Verb.UPDATE);
  }

  private int update(int i) {
    boolean setFollows = says(i + 1, "SET");
    switch (range.word(i - 1)) {
      case "FOR" -> {
        return i + 1;
      }
      case "KEY" -> {
        if (says(i - 2, "NO")) {
          return i + 1;
        }
        if (says(i - 2, "DUPLICATE")) {
          return updateOnConflict(i);
        }
      }
      case "DO" -> {
        if (setFollows) {
          return updateOnConflict(i);
        }
      }
      case "THEN" -> {
        if (setFollows) {
          return branch(i, Verb.UPDATE);
        }
      }
      case "ON" -> {
        return NONE;
      }
      default -> {
        // a statement of its own, or no verb
      }
    }
    boolean ofQuery = range.is(i + 1, '(');
    if (!range.isName(i + 1) && !(ofQuery && range.startsStatement(i))) {
      return NONE;
    }
    return ofQuery || syntax.mayHave(SyntaxTrait.MULTI_TABLE_CHANGES)
        ? updateOfSeveral(i)
        : written(i + 1, Change.UPDATE, Verb.UPDATE);
  }

  private int updateOnConflict(int i) {
    int after = branch(i, Verb.UPDATE);
    frames.current().becomesUpdate();
    return after;
  }

  /** Several tables may be named, any of which may be assigned to. */
  private int updateOfSeveral(int i) {
    frames.current().listsTargets(Change.UPDATE, names.targets());
    frames.current().beginList();
    int at = i + 1;
    while (isModifier(at) && range.isName(at + 1)) {
      at++;
    }
    return at;
  }

  private int delete(int i) {
    if (says(i - 1, "ON")) {
      return NONE;
    }
    if (isBranchOfMerge(i) && !says(i + 1, "FROM")) {
      return branch(i, Verb.DELETE);
    }
    int at = i + 1;
    while (isModifier(at) && !range.is(at + 1, '.')) {
      at++;
    }
    if (says(at, "FROM")) {
      return deleteFrom(at + 1);
    }
    if (!range.isName(at) || !range.startsStatement(i)) {
      return NONE;
    }
    if (range.saysLater(at, "FROM")) {
      // The names before FROM may be aliases of the tables after it.
      frames.current().listsTargets(Change.DELETE, names.targets());
      return indexOf(at, "FROM");
    }
    return written(at, Change.DELETE, Verb.DELETE);
  }

  private int deleteFrom(int i) {
    int after = target(i, Change.DELETE);
    if (syntax.mayHave(SyntaxTrait.MULTI_TABLE_CHANGES) && range.saysLater(after, "USING")) {
      // The names before USING may be aliases of the tables after it.
      frames.current().listsTargets(Change.DELETE, names.targets());
      return indexOf(after, "USING");
    }
    ObjectName table = frames.current().target();
    if (table != null) {
      names.write(table, Verb.DELETE);
    }
    return after;
  }

  private int indexOf(int i, String word) {
    int at = i;
    while (at < range.to && !says(at, word)) {
      at++;
    }
    return at;
  }

  private int into(int i) {
    if (range.body) {
      return i + 1;
    }
    Frame frame = frames.current();
    if (syntax.mayHave(SyntaxTrait.MULTI_TABLE_INSERTS)
        && frame.isIn(Change.INSERT)
        && range.isName(i + 1)) {
      // INSERT ALL INTO a ... INTO b
      return written(i + 1, Change.INSERT, Verb.INSERT);
    }
    names.selectInto(i + 1);
    frame.leaveList();
    return i + 1;
  }

  private int refresh(int i) {
    int at = says(i + 3, "CONCURRENTLY") ? i + 4 : i + 3;
    if (!range.isName(at)) {
      names.unknownTarget();
      return at;
    }
    names.write(range.tokens.name(at), Verb.REFRESH);
    return range.tokens.nameEnd(at);
  }
}
