package dev.larder.redis;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.history.Injected;
import dev.larder.testkit.Databases;
import dev.larder.testkit.RedisServer;
import dev.larder.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.asm.MemberSubstitution;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.junit.jupiter.api.Test;

/**
 * Random histories over nodes that leave out a sentence of the rule by which answers go from node
 * to node: they are found. Where another rule of Larder stops the same, both are left out, and with
 * either of them nothing is found.
 *
 * <p>When the tier is worth while is left out for all, so that a machine may be as slow as it is.
 */
@SuppressWarnings(
    "UnusedVariable") // What an advice assigns is read by the code that it is part of.
final class TierHistoryMutantsTest {

  private static final long SEED = Long.getLong("larder.test.seed", System.nanoTime());

  /** Most of what is found is found in the first ten. */
  private static final int MOST_ROUNDS = 1_000;

  private static final int ROUNDS_WITHOUT_FINDING = 15;

  /** Few: what memory holds at the end of a round is what shows a stale answer that was kept. */
  private static final int OPERATIONS = 12;

  private static final String TIER = "dev.larder.jdbc.internal.tier.SecondTier";
  private static final String HEARD = "dev.larder.jdbc.internal.tier.HeardChanges";
  private static final String EXECUTION = "dev.larder.jdbc.internal.execution.";

  /** Time passes between the look at what has changed and the one at the stamp. */
  private static final Rule A_MOMENT = new Rule(HEARD, in("objection", Pause.class));

  private static final Rule SECOND_LOOK = new Rule(TIER + "$Attempt", isAlwaysCurrent("used"));

  private static final Rule LOOK_OF_ANY_LOAD =
      new Rule(EXECUTION + "QueryLoad", isAlwaysCurrent("keep"));

  private static final Rule LEASE_IS_WORK = new Rule(HEARD, in("objection", NoneByLease.class));

  private static final Rule NO_FILL_WITH_WRITES =
      new Rule(EXECUTION + "TierReads", neverWritten("reads"));

  private static final Rule WRITES_ARE_LOCKS =
      new Rule("dev.larder.jdbc.internal.session.Transaction", neverWritten("holdsLocks"));

  private static final Rule OWN_WRITES_ARE_NOT_KEPT =
      new Rule("dev.larder.invalidation.ledger.Footprint", in("isMetBy", TierMutantsTest.No.class));

  /** What is changed in a class where a rule is left out. */
  private record Rule(String type, AsmVisitorWrapper change) {}

  private static AsmVisitorWrapper in(String method, Class<?> advice) {
    return Advice.to(advice).on(named(method));
  }

  private static AsmVisitorWrapper isAlwaysCurrent(String method) {
    try {
      return MemberSubstitution.relaxed()
          .method(named("isCurrent"))
          .replaceWith(Injected.class.getMethod("yes", Object.class))
          .on(named(method));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AsmVisitorWrapper neverWritten(String method) {
    return MemberSubstitution.relaxed().method(named("hasWritten")).stub().on(named(method));
  }

  /** What a history finds over three nodes that leave these out. */
  private static List<String> found(int rounds, Rule... leftOut) throws Exception {
    Map<String, List<AsmVisitorWrapper>> changes = new HashMap<>();
    changes.put(TIER, List.of(in("isWorthIt", Yes.class), in("paysToWait", Yes.class)));
    for (Rule rule : leftOut) {
      changes.computeIfAbsent(rule.type(), type -> new ArrayList<>()).add(rule.change());
    }
    RedisServer server = Databases.redis();
    try (TestDatabase database = Databases.h2();
        TierNodes all = new TierNodes(database)) {
      TierNodes.shelve(database);
      for (int i = 0; i < 3; i++) {
        all.open(changes);
      }
      all.meet();
      try (TierHistory history = new TierHistory(all, server, SEED)) {
        TierHistory.shelve(all);
        List<String> anomalies = history.run(rounds, OPERATIONS);
        System.out.printf(
            "seed %d, %d rules left out: %d reads, %s%n",
            SEED, leftOut.length, history.reads(), anomalies.stream().limit(1).toList());
        return anomalies;
      }
    }
  }

  private static void isFound(Rule... leftOut) throws Exception {
    assertThat(found(MOST_ROUNDS, leftOut)).as("seed %d", SEED).isNotEmpty();
  }

  private static void isStopped(Rule... leftOut) throws Exception {
    assertThat(found(ROUNDS_WITHOUT_FINDING, leftOut)).isEmpty();
  }

  /**
   * The stamp is looked at when a value was found and once more where any answer is kept. Without
   * either, an answer is kept with a stamp that was taken after a change which it lacks.
   */
  @Test
  void noSecondLook() throws Exception {
    isFound(A_MOMENT, SECOND_LOOK, LOOK_OF_ANY_LOAD);
    isStopped(A_MOMENT, SECOND_LOOK);
    isStopped(A_MOMENT, LOOK_OF_ANY_LOAD);
  }

  /** Whoever has waited for a lease, or has it, takes what is there for what was waited for. */
  @Test
  void aLeaseTakenForValidity() throws Exception {
    isFound(LEASE_IS_WORK);
  }

  /**
   * Who has written neither reads nor fills the tier; is proven nothing by what other nodes say, as
   * what he wrote is locked; and asks the database for what he has written. The second or the third
   * alone keeps from others what was not committed. Without both, memory answers a transaction what
   * it has just overwritten, whoever fills the tier.
   */
  @Test
  void aFillWithOwnWrites() throws Exception {
    isFound(NO_FILL_WITH_WRITES, WRITES_ARE_LOCKS, OWN_WRITES_ARE_NOT_KEPT);
    isStopped(NO_FILL_WITH_WRITES, WRITES_ARE_LOCKS);
    isStopped(NO_FILL_WITH_WRITES, OWN_WRITES_ARE_NOT_KEPT);
  }

  /** A moment in which another node may say something. */
  static final class Pause {
    @Advice.OnMethodExit
    static void exit() {
      LockSupport.parkNanos(10_000_000L);
    }
  }

  /** Nothing is against a value that was found on the way to a lease. */
  static final class NoneByLease {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object objection) {
      if (Injected.isWithin("ledOrAwaited")) {
        objection = null;
      }
    }
  }

  static final class Yes {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) boolean answer) {
      answer = true;
    }
  }
}
