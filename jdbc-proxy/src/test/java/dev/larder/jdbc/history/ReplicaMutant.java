package dev.larder.jdbc.history;

import static dev.larder.jdbc.history.Mutant.alwaysTrue;
import static dev.larder.jdbc.history.Mutant.in;
import static net.bytebuddy.matcher.ElementMatchers.named;

import java.util.List;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.asm.MemberSubstitution;

/** Larder with one rule for replicas switched off, and what the rule is. */
@SuppressWarnings({
  // What ByteBuddy is told does not change.
  "ImmutableEnumChecker",
  // What an advice assigns is read by the code that it becomes part of.
  "UnusedVariable"
})
enum ReplicaMutant {
  /**
   * A read goes to a replica wherever that stands, and its answer counts as what the ledger knows.
   */
  READS_FROM_ANY_REPLICA(
      Map.of("dev.larder.invalidation.ledger.Stamp", List.of(in("logPosition", Zero.class)))),

  /** An answer that was allowed to lag is kept for those who did not allow it. */
  KEEPS_WHAT_LAGS(
      Map.of(
          "dev.larder.jdbc.internal.execution.ReplicaReads$Reply",
          List.of(in("covers", Mutant.Yes.class)))),

  /**
   * A replica's answer is used though a commit began before the replica took its snapshot: it may
   * show there while the primary still waits to show it.
   */
  NO_SECOND_LOOK(
      Map.of(
          "dev.larder.jdbc.internal.execution.ReplicaReads",
          List.of(alwaysTrue("isCurrent", "run")),
          "dev.larder.jdbc.internal.route.Replica",
          List.of(in("lease", Mutant.Pause.class)))),

  /** A snapshot transaction reads from a replica what changed after its snapshot. */
  SNAPSHOT_READS_FROM_ANY_REPLICA(
      Map.of(
          "dev.larder.jdbc.internal.execution.ReplicaReads",
          List.of(
              MemberSubstitution.relaxed().method(named("mayPredate")).stub().on(named("read"))),
          "dev.larder.jdbc.internal.store.AnswerStore",
          List.of(in("find", LongPause.class))));

  /** All rules, and every pause of every mutant: what must not be found. */
  static final Map<String, List<AsmVisitorWrapper>> PAUSES_ALONE =
      Map.of(
          "dev.larder.jdbc.internal.route.Replica",
          List.of(in("lease", Mutant.Pause.class)),
          "dev.larder.jdbc.internal.store.AnswerStore",
          List.of(in("find", LongPause.class)));

  final Map<String, List<AsmVisitorWrapper>> changes;

  ReplicaMutant(Map<String, List<AsmVisitorWrapper>> changes) {
    this.changes = changes;
  }

  static final class Zero {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) long position) {
      position = 0;
    }
  }

  static final class LongPause {
    @Advice.OnMethodEnter
    static void enter() {
      Injected.longPause();
    }
  }
}
