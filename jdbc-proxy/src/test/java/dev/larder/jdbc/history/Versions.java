package dev.larder.jdbc.history;

import dev.larder.jdbc.history.Promises.Kept;
import dev.larder.jdbc.history.Transaction.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The states that each register went through, in order, and what is known of when. For one thread.
 */
final class Versions {

  /*
   * Values are unique and grow with each write of a register, and writers of one register exclude each other, so the order of the
   * values is the order of the states. A state begins somewhere between COMMIT being sent and its outcome being known. Whoever was
   * shown a value proves that its transaction was committed by then, whatever its own client was told; that is what makes a value
   * stay once it was seen.
   */

  /** What a transaction did to the database. */
  static final class Commit {
    final @Nullable Transaction transaction;
    final long called;
    final long acknowledged;
    long provenBy;

    Commit(@Nullable Transaction transaction, long called, long acknowledged) {
      this.transaction = transaction;
      this.called = called;
      this.acknowledged = acknowledged;
      this.provenBy = acknowledged;
    }

    boolean isCertain() {
      return acknowledged != Long.MAX_VALUE;
    }
  }

  /** One state of one register. */
  static final class Version {
    final int register;
    final long value;
    final Commit commit;
    int index;

    /** When this state, or a later one of the register, was known to be there. */
    long reachedBy = Long.MAX_VALUE;

    /** The same, by what the writers were told alone. */
    long acknowledgedBy = Long.MAX_VALUE;

    Version(int register, long value, Commit commit) {
      this.register = register;
      this.value = value;
      this.commit = commit;
    }
  }

  private final List<List<Version>> states = new ArrayList<>();
  private final List<Map<Long, Version>> byValue = new ArrayList<>();
  private final Map<Long, Long> neverCommitted = new HashMap<>();
  private final IdentityHashMap<Transaction, Commit> commits = new IdentityHashMap<>();
  private final Map<Long, NavigableMap<Long, Long>> writtenTogether = new HashMap<>();

  Versions(History history, Promises promises) {
    for (int register = 0; register < history.initial().size(); register++) {
      states.add(new ArrayList<>());
      byValue.add(new HashMap<>());
      add(new Version(register, history.initial().get(register), new Commit(null, 0, 0)));
    }
    for (Transaction transaction : history.transactions()) {
      addWritesOf(transaction);
    }
    for (List<Version> ofRegister : states) {
      ofRegister.sort(Comparator.comparingLong(version -> version.value));
      for (int i = 0; i < ofRegister.size(); i++) {
        ofRegister.get(i).index = i;
      }
    }
    for (Transaction transaction : history.transactions()) {
      takeEvidence(transaction, promises);
    }
    // A transaction proven by one of its registers is proven for the others.
    for (int round = 0; round < 2; round++) {
      states.forEach(Versions::spread);
    }
    for (Transaction transaction : history.transactions()) {
      notePairs(transaction);
    }
  }

  private void add(Version version) {
    states.get(version.register).add(version);
    byValue.get(version.register).put(version.value, version);
  }

  private void addWritesOf(Transaction transaction) {
    Map<Integer, Long> written =
        transaction.outcome() == Outcome.ROLLED_BACK ? Map.of() : transaction.written();
    if (!written.isEmpty()) {
      long acknowledged =
          transaction.outcome() == Outcome.COMMITTED ? transaction.ended() : Long.MAX_VALUE;
      Commit commit = new Commit(transaction, transaction.commitCalled(), acknowledged);
      commits.put(transaction, commit);
      written.forEach((register, value) -> add(new Version(register, value, commit)));
    }
    for (Step step : transaction.steps()) {
      if (step instanceof Step.Write write
          && !Long.valueOf(write.value()).equals(written.get(write.register()))) {
        neverCommitted.put(write.value(), write.called());
      }
    }
  }

  private void takeEvidence(Transaction transaction, Promises promises) {
    Kept kept = promises.of(transaction.level());
    if (kept == Kept.WRITTEN) {
      return;
    }
    Map<Integer, Long> firstRead = new HashMap<>();
    transaction.replay(
        (read, own) -> {
          for (Step.Seen seen : read.seen()) {
            long first =
                firstRead.merge(
                    promises.snapshotGroup(seen.register()), read.returned(), Math::min);
            Version version = find(seen.register(), seen.value());
            if (version != null && !own.containsKey(seen.register())) {
              version.commit.provenBy =
                  Math.min(
                      version.commit.provenBy, kept == Kept.SNAPSHOT ? first : read.returned());
            }
          }
        });
  }

  private static void spread(List<Version> ofRegister) {
    long reached = Long.MAX_VALUE;
    long acknowledged = Long.MAX_VALUE;
    for (int i = ofRegister.size() - 1; i >= 0; i--) {
      Version version = ofRegister.get(i);
      reached = Math.min(reached, version.commit.provenBy);
      acknowledged = Math.min(acknowledged, version.commit.acknowledged);
      version.reachedBy = reached;
      version.acknowledgedBy = acknowledged;
      if (version.commit.isCertain()) {
        version.commit.provenBy = Math.min(version.commit.provenBy, reached);
      }
    }
  }

  private void notePairs(Transaction transaction) {
    Commit commit = commits.get(transaction);
    if (commit == null || commit.provenBy == Long.MAX_VALUE) {
      return;
    }
    Map<Integer, Long> written = transaction.written();
    written.forEach(
        (one, value) ->
            written.forEach(
                (other, otherValue) -> {
                  if (!one.equals(other)) {
                    writtenTogether
                        .computeIfAbsent(pair(one, other), key -> new TreeMap<>())
                        .put(value, otherValue);
                  }
                }));
  }

  private static long pair(int one, int other) {
    return ((long) one << 32) | other;
  }

  /** The state with that value, or null where no transaction can have committed it. */
  @Nullable Version find(int register, long value) {
    return byValue.get(register).get(value);
  }

  /** What a transaction did to the database, or null where it did nothing. */
  @Nullable Commit commitOf(Transaction transaction) {
    return commits.get(transaction);
  }

  /** The tick when a value was first sent that was never committed, or null. */
  @Nullable Long sentButNeverCommitted(long value) {
    return neverCommitted.get(value);
  }

  /** The state after this one, or null. */
  @Nullable Version after(Version version) {
    List<Version> ofRegister = states.get(version.register);
    return version.index + 1 < ofRegister.size() ? ofRegister.get(version.index + 1) : null;
  }

  /** The first state of a register with a greater value, or null. */
  @Nullable Version firstAbove(int register, long value) {
    for (Version version : states.get(register)) {
      if (version.value > value) {
        return version;
      }
    }
    return null;
  }

  /**
   * The least value {@code other} must have where {@code one} has {@code value}, because a
   * transaction wrote both; or the least long.
   */
  long leastBeside(int one, long value, int other) {
    NavigableMap<Long, Long> together = writtenTogether.get(pair(one, other));
    Map.Entry<Long, Long> last = together == null ? null : together.floorEntry(value);
    return last == null ? Long.MIN_VALUE : last.getValue();
  }
}
