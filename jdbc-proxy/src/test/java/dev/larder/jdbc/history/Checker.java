package dev.larder.jdbc.history;

import dev.larder.jdbc.history.Anomaly.Kind;
import dev.larder.jdbc.history.Promises.Kept;
import dev.larder.jdbc.history.Transaction.Outcome;
import dev.larder.jdbc.history.Versions.Commit;
import dev.larder.jdbc.history.Versions.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a history and says what in it cannot be. For one thread; a new one per history. */
final class Checker {

  /*
   * A query is right if there was a moment between its call and its return at which every register it read had the value it was
   * shown. A state surely did not hold before its COMMIT was sent, and surely not any more once a later state was acknowledged or
   * shown to somebody. So that moment lies after the call and every COMMIT's call, and before the return and every proof of a
   * successor; what a transaction wrote to several registers comes to all of them at once. For a snapshot transaction the moment is
   * one for all its queries, and not after its first query's return.
   */
  private final History history;
  private final Promises promises;
  private final Versions versions;
  private final List<Anomaly> anomalies = new ArrayList<>();

  private Checker(History history, Promises promises) {
    this.history = history;
    this.promises = promises;
    this.versions = new Versions(history, promises);
  }

  static List<Anomaly> check(History history, Promises promises) {
    Checker checker = new Checker(history, promises);
    history.transactions().forEach(checker::check);
    if (promises.noSkew()) {
      checker.checkForSkew();
    }
    return checker.anomalies;
  }

  /** Values that must have held at one moment. */
  private record State(
      Transaction transaction, String query, long from, long to, Map<Integer, Version> versions) {}

  private void check(Transaction transaction) {
    Kept kept = promises.of(transaction.level());
    List<State> queries = new ArrayList<>();
    transaction.replay(
        (read, own) -> {
          Map<Integer, Version> others = new HashMap<>();
          for (Step.Seen seen : read.seen()) {
            Long expected = own.get(seen.register());
            if (kept == Kept.WRITTEN && seen.value() == Step.ABSENT) {
              // Somebody is replacing this row, or one that it is joined with.
              continue;
            }
            if (expected != null) {
              if (expected != seen.value()) {
                found(Kind.OWN_WRITE, transaction, read.query(), seen + " after " + expected);
              }
            } else if (kept == Kept.WRITTEN) {
              checkWritten(transaction, read, seen);
            } else {
              Version version = versions.find(seen.register(), seen.value());
              if (version == null) {
                found(Kind.UNCOMMITTED, transaction, read.query(), seen + ", " + writerOf(seen));
              } else {
                others.put(seen.register(), version);
              }
            }
          }
          queries.add(new State(transaction, read.query(), read.called(), read.returned(), others));
        });
    if (kept == Kept.STATEMENT) {
      queries.forEach(state -> check(state, false));
    } else if (kept == Kept.SNAPSHOT && !queries.isEmpty()) {
      Map<Integer, List<State>> groups = new TreeMap<>();
      for (State query : queries) {
        split(query)
            .forEach((g, part) -> groups.computeIfAbsent(g, n -> new ArrayList<>()).add(part));
      }
      groups.values().forEach(group -> checkSnapshot(transaction, group));
    }
  }

  /** A query's values, by what must be of one moment. */
  private Map<Integer, State> split(State query) {
    Map<Integer, State> parts = new TreeMap<>();
    for (Version version : query.versions().values()) {
      parts
          .computeIfAbsent(
              promises.snapshotGroup(version.register),
              group ->
                  new State(
                      query.transaction(),
                      query.query(),
                      query.from(),
                      query.to(),
                      new HashMap<>()))
          .versions()
          .put(version.register, version);
    }
    return parts;
  }

  private void checkWritten(Transaction transaction, Step.Read read, Step.Seen seen) {
    Version version = versions.find(seen.register(), seen.value());
    Long sent = version == null ? versions.sentButNeverCommitted(seen.value()) : Long.valueOf(0);
    if (sent == null || sent > read.returned()) {
      found(Kind.UNCOMMITTED, transaction, read.query(), seen + " was never written");
    }
    Version next = versions.firstAbove(seen.register(), seen.value());
    if (next != null && next.reachedBy < read.called()) {
      found(Kind.STALE, transaction, read.query(), seen + " instead of " + next.value);
    }
  }

  private void checkSnapshot(Transaction transaction, List<State> queries) {
    Map<Integer, Version> all = new HashMap<>();
    for (State query : queries) {
      for (Version version : query.versions().values()) {
        Version before = all.putIfAbsent(version.register, version);
        if (before != null && before != version) {
          found(
              Kind.BROKEN_SNAPSHOT,
              transaction,
              query.query(),
              "register " + version.register + " was " + before.value + ", is " + version.value);
        }
      }
    }
    long firstReturned = queries.get(0).to();
    check(
        new State(transaction, "all reads together", transaction.began(), firstReturned, all),
        true);
  }

  private void check(State state, boolean snapshot) {
    long from = state.from();
    long to = state.to();
    for (Version version : state.versions().values()) {
      Version next = versions.after(version);
      if (version.commit.called > state.to()) {
        found(
            snapshot ? Kind.BROKEN_SNAPSHOT : Kind.UNCOMMITTED,
            state.transaction(),
            state.query(),
            "register %d is %d, committed from %d on, in [%d, %d]"
                .formatted(
                    version.register,
                    version.value,
                    version.commit.called,
                    state.from(),
                    state.to()));
        return;
      }
      if (next != null && next.reachedBy < state.from()) {
        found(
            next.acknowledgedBy < state.from() ? Kind.STALE : Kind.WENT_BACK,
            state.transaction(),
            state.query(),
            "register %d is %d, superseded by %d at %d, in [%d, %d]%n  written in %s%n"
                .formatted(
                    version.register,
                    version.value,
                    next.value,
                    next.reachedBy,
                    state.from(),
                    state.to(),
                    brief(String.valueOf(next.commit.transaction))));
        return;
      }
      from = Math.max(from, version.commit.called);
      to = next == null ? to : Math.min(to, next.reachedBy);
    }
    if (from > to) {
      found(
          snapshot ? Kind.BROKEN_SNAPSHOT : Kind.NO_SINGLE_STATE,
          state.transaction(),
          state.query(),
          values(state));
      return;
    }
    for (Version one : state.versions().values()) {
      for (Version other : state.versions().values()) {
        if (other.value < versions.leastBeside(one.register, one.value, other.register)) {
          found(
              snapshot ? Kind.BROKEN_SNAPSHOT : Kind.HALF_A_TRANSACTION,
              state.transaction(),
              state.query(),
              values(state));
          return;
        }
      }
    }
  }

  private static String values(State state) {
    Map<Integer, Long> values = new HashMap<>();
    state.versions().forEach((register, version) -> values.put(register, version.value));
    return values.toString();
  }

  /** Two serializable transactions of which each read what the other replaced. */
  private void checkForSkew() {
    Map<Commit, List<Version>> seenBy = new LinkedHashMap<>();
    for (Transaction transaction : history.transactions()) {
      Commit commit = versions.commitOf(transaction);
      if (commit != null
          && transaction.level() == Level.SERIALIZABLE
          && transaction.outcome() == Outcome.COMMITTED) {
        seenBy.put(commit, othersSeen(transaction));
      }
    }
    seenBy.forEach(
        (commit, seen) -> {
          for (Version version : seen) {
            Commit other = replacing(version);
            if (other == null || other == commit) {
              continue;
            }
            List<Version> seenByOther = seenBy.get(other);
            if (seenByOther != null
                && commit.transaction != null
                && seenByOther.stream().anyMatch(v -> replacing(v) == commit)) {
              found(Kind.WRITE_SKEW, commit.transaction, "", "with " + other.transaction);
            }
          }
        });
  }

  private List<Version> othersSeen(Transaction transaction) {
    List<Version> seen = new ArrayList<>();
    transaction.replay(
        (query, own) -> {
          for (Step.Seen value : query.seen()) {
            Version version = versions.find(value.register(), value.value());
            if (version != null && !own.containsKey(value.register())) {
              seen.add(version);
            }
          }
        });
    return seen;
  }

  private @Nullable Commit replacing(Version version) {
    Version next = versions.after(version);
    return next == null ? null : next.commit;
  }

  /** Who sent a value that is not in the history as a commit's. */
  private String writerOf(Step.Seen seen) {
    return history.transactions().stream()
        .filter(
            transaction ->
                transaction.steps().stream()
                    .anyMatch(
                        step -> step instanceof Step.Write write && write.value() == seen.value()))
        .map(transaction -> "sent in " + brief(transaction.toString()))
        .findFirst()
        .orElse("sent by nobody");
  }

  private void found(Kind kind, Transaction transaction, String query, String what) {
    anomalies.add(
        new Anomaly(
            kind,
            "%s, %s, %s: %s%n  in %s"
                .formatted(
                    transaction.client(),
                    transaction.level(),
                    query,
                    what,
                    brief(transaction.toString()))));
  }

  private static String brief(String text) {
    return text.length() < 2_000 ? text : text.substring(0, 2_000) + "...";
  }
}
