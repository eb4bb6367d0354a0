package dev.larder.jdbc.history;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.larder.testkit.Product;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.asm.MemberSubstitution;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** Larder with one rule of the protocol switched off, and what the rule is. */
@SuppressWarnings({
  // What ByteBuddy is told does not change.
  "ImmutableEnumChecker",
  // What an advice assigns is read by the code that it becomes part of.
  "UnusedVariable"
})
enum Mutant {
  /**
   * A commit neither moves nor opens its cells before it is sent; it moves them after its answer.
   */
  NO_MOVE_AT_BEGIN(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.invalidation.ledger.Cell",
          List.of(in("open", Skip.class), in("minusOne", NotNegative.class)),
          "dev.larder.invalidation.ledger.OpenCommit",
          List.of(in("end", Pause.class)))),

  /** An answer read while a commit is open is stored like any other. */
  FILLS_WHILE_OPEN(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.invalidation.ledger.Stamp",
          List.of(
              MemberSubstitution.relaxed()
                  .field(named("open"))
                  .onRead()
                  .stub()
                  .on(not(isConstructor()))),
          "dev.larder.invalidation.ledger.OpenCommit",
          List.of(in("end", Pause.class)))),

  /**
   * What was captured while a commit came is handed on to those who wait for it. A look-up asks the
   * entry's stamp again, so only a waiter in a snapshot transaction can tell.
   */
  NO_CHECK_AFTER_CAPTURE(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.jdbc.internal.execution.QueryLoad",
          List.of(alwaysTrue("isCurrent", "keep")),
          "dev.larder.jdbc.internal.execution.DatabaseReads",
          List.of(in("execute", Pause.class)))),

  /** A transaction's queries over tables that it has written are cached like others. */
  OWN_WRITES_FROM_MEMORY(
      Product.POSTGRESQL,
      Map.of("dev.larder.invalidation.ledger.Footprint", List.of(in("isMetBy", No.class)))),

  /** The first read of a snapshot transaction is answered from memory, and fixes no snapshot. */
  FIRST_READ_FROM_MEMORY(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.jdbc.internal.session.Transaction",
          List.of(in("isSnapshotFixed", Yes.class)))),

  /** A snapshot transaction reads and stores what changed since its snapshot. */
  SNAPSHOT_MAY_BE_OLD(
      Product.POSTGRESQL,
      Map.of("dev.larder.jdbc.internal.session.Transaction", List.of(in("mayPredate", No.class)))),

  /**
   * Whether a snapshot transaction may be answered is asked before the look-up, and not again after
   * it.
   */
  SNAPSHOT_NOT_ASKED_AGAIN(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.jdbc.internal.execution.CachedRead",
          List.of(
              MemberSubstitution.relaxed().method(named("mayPredate")).stub().on(named("answers"))),
          "dev.larder.jdbc.internal.store.AnswerStore",
          List.of(in("find", Pause.class)))),

  /** A snapshot transaction waits for a load that began after what it reads had changed. */
  SNAPSHOT_JOINS_ANY_FLIGHT(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.jdbc.internal.execution.QueryLoad",
          List.of(alwaysTrue("unmovedSince", "join")),
          "dev.larder.jdbc.internal.execution.DatabaseReads",
          List.of(in("execute", Pause.class)),
          "dev.larder.jdbc.internal.store.InFlightLoads",
          List.of(in("join", Pause.class)))),

  /** A commit does not move its cells once more at its end. */
  NO_MOVE_AT_END(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.invalidation.ledger.Cell",
          List.of(in("close", NoTick.class)),
          "dev.larder.jdbc.internal.execution.StatementRunner",
          List.of(in("mayCommit", Pause.class)),
          "dev.larder.invalidation.ledger.OpenCommit",
          List.of(in("end", Pause.class)))),

  /** A caller waits for a load that began before the last change. */
  JOINS_ANY_FLIGHT(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.jdbc.internal.execution.QueryLoad",
          List.of(alwaysTrue("isCurrent", "join")),
          "dev.larder.jdbc.internal.store.InFlightLoads$Load",
          List.of(in("complete", Pause.class)))),

  /** A commit without an answer counts as over as soon as the server is asked. */
  UNKNOWN_OUTCOME_IS_OVER(
      Product.POSTGRESQL,
      Map.of("dev.larder.invalidation.ledger.InDoubtCommits", List.of(in("isOver", Yes.class)))),

  /** What a READ UNCOMMITTED transaction saw is stored. */
  READ_UNCOMMITTED_FILLS(
      Product.H2,
      Map.of(
          "dev.larder.jdbc.internal.eligibility.Eligibility",
          List.of(in("readsUncommitted", No.class)))),

  /** Serializable transactions are answered from memory, as snapshot transactions are. */
  SERIALIZABLE_FROM_MEMORY(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.jdbc.internal.session.Session",
          List.of(in("bypass", NotSerializable.class)))),

  /** A row that is new to memory counts at once, whoever may have missed it. */
  NEW_ROW_COUNTS_AT_ONCE(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.invalidation.ledger.Cell",
          List.of(alwaysTrue("isOver", "isSettled")),
          "dev.larder.invalidation.ledger.OpenCommit",
          List.of(in("end", Pause.class)))),

  /** The condition of an outer join holds for each row that the join makes. */
  ROWS_OF_OUTER_JOINS(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.jdbc.internal.analysis.FromList",
          List.of(in("holds", NothingMissing.class)))),

  /** A range ends before its last number. */
  ROWS_OF_RANGES(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.jdbc.internal.analysis.Operand$Range",
          List.of(in("mostIsOutside", Yes.class)))),

  /** Nobody looks for the intervals that a range is covered by. */
  ROWS_OF_INTERVALS(
      Product.POSTGRESQL,
      Map.of("dev.larder.invalidation.ledger.AccessPath", List.of(in("tellSize", Skip.class)))),

  /** One alternative that fixes a column is enough. */
  ROWS_OF_ALTERNATIVES(
      Product.POSTGRESQL,
      Map.of("dev.larder.jdbc.internal.analysis.Conjunction", List.of(in("addValues", Yes.class)))),

  /** A name may mean a table of the query around, whatever has it within. */
  ROWS_OF_HIDDEN_NAMES(
      Product.POSTGRESQL,
      Map.of("dev.larder.jdbc.internal.analysis.FromList", List.of(in("hides", No.class)))),

  /** A trigger sets no column of the row that it runs for. */
  ROWS_ALTERED(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.jdbc.internal.analysis.RowAlteration", List.of(in("of", NoColumns.class)))),

  /** An UPDATE cascades to nothing, whatever it assigns to. */
  ROWS_OF_CASCADES(
      Product.POSTGRESQL,
      Map.of("dev.larder.jdbc.internal.catalog.Effect", List.of(in("isSparedBy", Yes.class)))),

  /** A transaction has written no row that any of its queries reads. */
  ROWS_OF_ONES_OWN(
      Product.POSTGRESQL,
      Map.of("dev.larder.invalidation.ledger.AccessPath", List.of(in("isMetBy", No.class)))),

  /** A row that one of two keys deletes is one that the first of them does. */
  ROWS_OF_KEYS(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.jdbc.internal.catalog.FollowingWrites",
          List.of(in("inBoth", FirstAlone.class)))),

  /** A row that is there already is like the one that is not inserted, in all columns. */
  ROWS_IN_CONFLICT(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.jdbc.internal.catalog.RowDependencies", List.of(in("isShared", Yes.class)))),

  /** A partition has the rows that it has, whatever is assigned to columns that nobody names. */
  ROWS_OF_PARTITIONS(
      Product.POSTGRESQL,
      Map.of("dev.larder.jdbc.internal.catalog.RowDependencies", List.of(in("isPart", No.class)))),

  /** A row that is not there cannot come. */
  ROWS_THAT_ARE_THERE(
      Product.POSTGRESQL,
      Map.of("dev.larder.jdbc.internal.rows.RowsRead", List.of(in("isThere", Yes.class)))),

  /** Any column is one of which no two rows have the same value. */
  ROWS_OF_UNIQUE_COLUMNS(
      Product.POSTGRESQL,
      Map.of("dev.larder.jdbc.internal.catalog.Columns", List.of(in("isUnique", Yes.class)))),

  /** A view shows each row of its table by itself, however many it shows. */
  ROWS_OF_VIEWS(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.jdbc.internal.analysis.PassedColumns",
          List.of(in("keepsRowsApart", Yes.class)))),

  /** A statement that counts no row has written none, whatever else it does. */
  ROWS_COUNTED(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.jdbc.internal.planning.StatementPlanner",
          List.of(in("areAllCounted", Yes.class)))),

  /** Nobody looks for answers by what they show beside what they are found by. */
  ROWS_BESIDE(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.invalidation.ledger.AccessPath", List.of(in("meetingBeside", Skip.class)))),

  /** A trigger's body changes nothing of the row that it runs for. */
  ROWS_OF_TRIGGERS(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.jdbc.internal.analysis.RowInsertions",
          List.of(in("namedElsewhere", NoColumns.class)))),

  /** A transaction that has locked something is answered by what may be old. */
  LOCKED_FROM_MEMORY(
      Product.POSTGRESQL,
      Map.of("dev.larder.jdbc.internal.session.Transaction", List.of(neverReads("locked")))),

  /** A session that has locked something beyond its transactions is answered by what may be old. */
  SESSION_LOCKED_FROM_MEMORY(
      Product.POSTGRESQL,
      Map.of("dev.larder.jdbc.internal.session.Transaction", List.of(neverReads("sessionLocked")))),

  /** What a transaction has written counts as no lock. */
  WRITTEN_IS_NOT_LOCKED(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.jdbc.internal.session.Transaction",
          List.of(
              MemberSubstitution.relaxed()
                  .method(named("hasWritten"))
                  .stub()
                  .on(named("holdsLocks"))))),

  /** A snapshot transaction is answered by what may be old. */
  SNAPSHOT_BY_AGE(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.jdbc.internal.session.Transaction",
          List.of(
              MemberSubstitution.relaxed()
                  .method(named("readsSnapshot"))
                  .stub()
                  .on(named("needsProof"))))),

  /** A write that met fewer rows than it named forgets nothing. */
  MISSED_ROWS_ARE_KEPT(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.jdbc.internal.execution.StatementRunner",
          List.of(in("noteTouched", Skip.class)))),

  /** A rollback forgets nothing. */
  ROLLBACK_FORGETS_NOTHING(
      Product.POSTGRESQL,
      Map.of(
          "dev.larder.jdbc.internal.execution.StatementRunner",
          List.of(
              MemberSubstitution.relaxed().method(named("forget")).stub().on(named("rollback")))));

  /** All rules, and every pause of every mutant: what must not be found. */
  static final Map<String, List<AsmVisitorWrapper>> PAUSES_ALONE =
      Map.of(
          "dev.larder.invalidation.ledger.OpenCommit",
          List.of(in("end", Pause.class)),
          "dev.larder.jdbc.internal.execution.DatabaseReads",
          List.of(in("execute", Pause.class)),
          "dev.larder.jdbc.internal.execution.StatementRunner",
          List.of(in("mayCommit", Pause.class)),
          "dev.larder.jdbc.internal.store.AnswerStore",
          List.of(in("find", Pause.class)),
          "dev.larder.jdbc.internal.store.InFlightLoads",
          List.of(in("join", Pause.class)),
          "dev.larder.jdbc.internal.store.InFlightLoads$Load",
          List.of(in("complete", Pause.class)));

  final Product product;
  final Map<String, List<AsmVisitorWrapper>> changes;

  Mutant(Product product, Map<String, List<AsmVisitorWrapper>> changes) {
    this.product = product;
    this.changes = changes;
  }

  static AsmVisitorWrapper in(String method, Class<?> advice) {
    return Advice.to(advice).on(named(method));
  }

  /** A field of a session is false to whoever asks for locks. */
  private static AsmVisitorWrapper neverReads(String field) {
    return MemberSubstitution.relaxed().field(named(field)).onRead().stub().on(named("holdsLocks"));
  }

  /** Whether the rule matters only where others write unseen. */
  boolean isOfUnseenWriters() {
    return compareTo(LOCKED_FROM_MEMORY) >= 0;
  }

  /** Whether it is found by {@code RandomRows}, rather than by histories. */
  boolean isOfRows() {
    return name().startsWith("ROWS_");
  }

  /** A check that a method makes is always passed there. */
  static AsmVisitorWrapper alwaysTrue(String check, String inMethod) {
    try {
      Method yes =
          check.equals("unmovedSince")
              ? Injected.class.getMethod("yes", Object.class, long.class)
              : Injected.class.getMethod("yes", Object.class);
      return MemberSubstitution.relaxed()
          .method(named(check).and(takesArguments(yes.getParameterCount() - 1)))
          .replaceWith(yes)
          .on(named(inMethod));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  static final class Pause {
    @Advice.OnMethodEnter
    static void enter() {
      Injected.pause();
    }
  }

  static final class Skip {
    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter() {
      return true;
    }
  }

  static final class NoTick {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 0, readOnly = false) long tick) {
      tick = 0;
    }
  }

  static final class NotNegative {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) long count) {
      count = Math.max(0, count);
    }
  }

  static final class NothingMissing {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 1, readOnly = false) Set<Integer> unless) {
      unless = Set.of();
    }
  }

  static final class FirstAlone {
    @Advice.OnMethodExit
    static void exit(
        @Advice.Argument(0) Map<String, ?> first,
        @Advice.Return(readOnly = false) Map<String, ?> both) {
      both = first;
    }
  }

  static final class NoColumns {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) Set<String> columns) {
      columns = Set.of();
    }
  }

  static final class Yes {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) boolean answer) {
      answer = true;
    }
  }

  static final class No {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) boolean answer) {
      answer = false;
    }
  }

  static final class NotSerializable {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object reason) {
      if (String.valueOf(reason).equals("SERIALIZABLE")) {
        reason = null;
      }
    }
  }
}
