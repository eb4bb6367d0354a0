package dev.larder.jdbc.internal.analysis;

import org.jspecify.annotations.Nullable;

/** What is known of one level of parentheses while a text is scanned. Used by one thread. */
final class Frame {

  /** What the parentheses hold. */
  enum Content {
    /** A statement, a query, or a part of an expression. */
    PLAIN,
    /** The arguments of a call. */
    ARGUMENTS,
    /** The arguments of a call, in which a query has begun. */
    ARGUMENT_QUERY,
    /** A list of columns, perhaps with their types. */
    COLUMNS
  }

  /** Where in a list of tables the scan is. */
  enum Position {
    /** In none. */
    EXPRESSION,
    /** In none, where the name of one table follows. */
    EXPECT_SINGLE_TABLE,
    /** Where a table follows. */
    EXPECT_TABLE,
    /** Behind a table: what follows may be its alias. */
    AFTER_TABLE,
    /** In a join's condition, or behind something that is no table. */
    JOIN_CONDITION;

    boolean expectsTable() {
      return this == EXPECT_TABLE || this == EXPECT_SINGLE_TABLE;
    }

    boolean isInList() {
      return this == EXPECT_TABLE || this == AFTER_TABLE || this == JOIN_CONDITION;
    }
  }

  /** The data change that a level makes. */
  enum Change {
    NONE,
    INSERT,
    UPDATE,
    DELETE,
    MERGE,
    REPLACE
  }

  private static final int NO_LIST = -1;

  private Content content;
  private Position position = Position.EXPRESSION;
  private Change change = Change.NONE;
  private @Nullable ObjectName target;

  /** Whether the tables of the list are targets of the change. */
  private boolean listsTargets;

  /** How many targets were known when a list of targets began. */
  private int targetsBefore = NO_LIST;

  /** Whether this is a MERGE whose branches are not known yet. */
  private boolean awaitsBranches;

  /** Whether another common table may follow a comma. */
  private boolean inCommonTables;

  Frame(Content content) {
    this.content = content;
  }

  /** The level inside the parenthesis that follows: where a table is expected, a list of tables. */
  Frame inner(Content inside) {
    Frame inner = new Frame(inside);
    if (position.expectsTable()) {
      inner.position = Position.EXPECT_TABLE;
      inner.listsTargets = listsTargets;
      inner.change = listsTargets ? change : Change.NONE;
      tableRead();
    }
    return inner;
  }

  Content content() {
    return content;
  }

  Position position() {
    return position;
  }

  Change change() {
    return change;
  }

  @Nullable ObjectName target() {
    return target;
  }

  boolean isIn(Change one) {
    return change == one;
  }

  boolean changesData() {
    return change != Change.NONE;
  }

  // The list of tables.

  /** A query's SELECT was read. */
  void selects() {
    if (content == Content.ARGUMENTS) {
      content = Content.ARGUMENT_QUERY;
    }
    endList();
    inCommonTables = false;
  }

  void beginList() {
    position = Position.EXPECT_TABLE;
  }

  void expectSingleTable() {
    position = Position.EXPECT_SINGLE_TABLE;
  }

  void leaveList() {
    position = Position.EXPRESSION;
  }

  void endList() {
    leaveList();
    listsTargets = false;
  }

  /** A comma was read. */
  void separator() {
    if (position.isInList()) {
      position = Position.EXPECT_TABLE;
    }
  }

  /** The ON of a join was read. */
  void condition() {
    position = position.isInList() ? Position.JOIN_CONDITION : Position.EXPRESSION;
  }

  /** A table was read, or what stands for one. */
  void tableRead() {
    if (position.expectsTable()) {
      position = position == Position.EXPECT_TABLE ? Position.AFTER_TABLE : Position.EXPRESSION;
    }
  }

  /** The next statement of a body follows: what is named there is no table's alias. */
  void statementFollows() {
    if (position == Position.AFTER_TABLE) {
      position = Position.JOIN_CONDITION;
    }
  }

  /** Something was read that is no table. */
  void expressionRead() {
    if (position.expectsTable()) {
      condition();
    }
  }

  // The data change.

  /** A change of one table, or of one that could not be read. */
  void changes(Change what, @Nullable ObjectName table) {
    change = what;
    target = table;
  }

  /** The change turns out to be an update: what follows SET is assigned. */
  void becomesUpdate() {
    change = Change.UPDATE;
  }

  /** Tables that follow, in a list, are the targets of the change. */
  void listsTargets(Change what, int targetsKnown) {
    change = what;
    listsTargets = true;
    targetsBefore = targetsKnown;
  }

  boolean listsTargets() {
    return listsTargets;
  }

  /** Whether a list of targets was begun, and none was found. */
  boolean lacksTargets(int targetsKnown) {
    return targetsBefore == targetsKnown;
  }

  void awaitsBranches(boolean awaits) {
    awaitsBranches = awaits;
  }

  boolean awaitsBranches() {
    return awaitsBranches;
  }

  // Common tables.

  void beginCommonTables() {
    inCommonTables = true;
  }

  boolean isInCommonTables() {
    return inCommonTables;
  }
}
