package dev.larder.jdbc.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.invalidation.ledger.Footprint;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.jdbc.internal.datasource.Products;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What two connections that begin alike share. */
final class PhysicalProfileTest {

  private static final Ledger LEDGER = Ledger.unshared(new DatabaseIdentity("test", "profiles"));

  private static PhysicalProfile profile(Set<String> setBefore, Stamp stamp) {
    SessionBaseline baseline =
        new SessionBaseline(
            Products.UNKNOWN.sessionRules(),
            new DatabaseIdentity("test", "profiles"),
            new SessionBaseline.Driver("a driver", "1"),
            Map.of("timezone", "UTC"),
            Map.of(),
            setBefore,
            List.of("public"),
            null,
            "public",
            true,
            Connection.TRANSACTION_READ_COMMITTED);
    return new PhysicalProfile(
        baseline,
        Backend.UNKNOWN,
        0,
        "timezone=UTC",
        Restoration.NONE,
        new PhysicalProfile.Basis(stamp, 0));
  }

  private static Stamp stamp() {
    return LEDGER.track(Footprint.of(List.of(), Set.of("any"))).stamp();
  }

  @Test
  void whatIsEqualIsOneObject() {
    PhysicalProfile one = profile(Set.of(), stamp());
    PhysicalProfile other = profile(Set.of(), stamp()).sharing(one, true);
    assertThat(other.baseline()).isSameAs(one.baseline());
    assertThat(other.basis()).isSameAs(one.basis());
  }

  @Test
  void whatWasReadUnderABasisThatNoLongerHoldsKeepsItsOwn() {
    PhysicalProfile one = profile(Set.of(), stamp());
    Stamp later = stamp();
    PhysicalProfile other = profile(Set.of(), later).sharing(one, false);
    assertThat(other.basis()).isEqualTo(new PhysicalProfile.Basis(later, 0));
  }

  @Test
  void aConnectionOnWhichSomethingElseWasSetBeforeIsAnother() {
    PhysicalProfile one = profile(Set.of(), stamp());
    PhysicalProfile other = profile(Set.of("work_mem"), stamp()).sharing(one, true);
    assertThat(other.baseline()).isNotSameAs(one.baseline());
  }
}
