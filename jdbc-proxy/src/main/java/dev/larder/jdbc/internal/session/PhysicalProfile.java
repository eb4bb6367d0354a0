package dev.larder.jdbc.internal.session;

import dev.larder.invalidation.ledger.Stamp;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about one physical connection when it was opened, or read again since.
 * Immutable and thread-safe.
 *
 * @param serverStart which run of which server it leads to: a number that tells one from another; 0
 *     where that is not asked
 * @param defaults what a connection that is opened now begins with by its role and database, as far
 *     as that is kept apart from what this one has
 * @param restoration how to bring it back to its baseline
 * @param basis what the baseline was read under; null where it has to be read again
 */
public record PhysicalProfile(
    SessionBaseline baseline,
    Backend backend,
    long serverStart,
    String defaults,
    Restoration restoration,
    @Nullable Basis basis) {

  /**
   * Under what a baseline was read.
   *
   * @param definitions where the ledger's definitions stood before: whatever changes defaults moves
   *     them
   * @param customNames how many names of settings were asked for
   */
  public record Basis(Stamp definitions, int customNames) {}

  /** Whether this connection began under other defaults than that one would now. */
  public boolean isOutdatedBy(PhysicalProfile now) {
    return !defaults.equals(now.defaults);
  }

  /**
   * What {@code found} says of this connection; but whether it commits by itself is the pool's
   * doing by now, and what it is to be brought back to.
   */
  public PhysicalProfile readAgain(PhysicalProfile found) {
    return new PhysicalProfile(
        found.baseline.withAutoCommit(baseline.autoCommit()),
        backend,
        serverStart,
        found.defaults,
        found.restoration,
        found.basis);
  }

  /** The same, to be read again before anybody else relies on it. */
  public PhysicalProfile withoutBasis() {
    return new PhysicalProfile(baseline, backend, serverStart, defaults, restoration, null);
  }

  /**
   * The same, with what {@code other} has too as the same objects: two connections are compared
   * with each borrow.
   *
   * @param stillHolds whether what {@code other} was read under holds after this was read, so that
   *     this was read under it too
   */
  PhysicalProfile sharing(PhysicalProfile other, boolean stillHolds) {
    Basis read = basis;
    Basis others = other.basis;
    boolean isUnderOthers =
        stillHolds && read != null && others != null && read.customNames() == others.customNames();
    return new PhysicalProfile(
        baseline.isInAllEqualTo(other.baseline) ? other.baseline : baseline,
        backend,
        serverStart,
        defaults.equals(other.defaults) ? other.defaults : defaults,
        restoration,
        isUnderOthers ? others : read);
  }

  /** This connection after these settings, which were not there before, have been set once. */
  public PhysicalProfile withEmpty(Set<String> names) {
    Map<String, String> customs = baseline.customs();
    for (String name : names) {
      if (restoration.asked().contains(name) && !customs.containsKey(name)) {
        customs = Copies.with(customs, name, "");
      }
    }
    if (customs == baseline.customs()) {
      return this;
    }
    return new PhysicalProfile(
        baseline.with(baseline.settings(), customs, baseline.searchPath()),
        backend,
        serverStart,
        defaults,
        restoration,
        basis);
  }

  /** The statements that bring these settings back; null where that cannot be had. */
  public @Nullable List<String> restoring(Set<String> names) {
    return names.isEmpty() ? List.of() : restoration.statements(names);
  }
}
