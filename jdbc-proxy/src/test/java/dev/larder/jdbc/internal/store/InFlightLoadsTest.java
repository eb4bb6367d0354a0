package dev.larder.jdbc.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.invalidation.ledger.Footprint;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.jdbc.internal.store.InFlightLoads.Load;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One load of a key is under way at a time, and ends for all who wait. */
final class InFlightLoadsTest {

  private static final CacheKey KEY = Keys.key("ada", "select ?", "x");

  private final Stamp stamp =
      Ledger.unshared(new DatabaseIdentity("test", "loads"))
          .track(Footprint.of(List.of(new TableName("public", "book")), List.of()))
          .stamp();
  private final InFlightLoads loads = new InFlightLoads();

  @Test
  void whoComesFirstLeads() {
    Load load = loads.join(KEY, stamp, 5, "first");
    Load joined = loads.join(Keys.key("ada", "select ?", "x"), stamp, 6, "second");
    assertThat(joined).isSameAs(load);
    assertThat(load.isLedBy("first")).isTrue();
    assertThat(load.isLedBy("second")).isFalse();
    assertThat(load.readAtNanos()).isEqualTo(5);
    assertThat(load.stamp()).isSameAs(stamp);
    assertThat(loads.join(Keys.key("ada", "select ?", "y"), stamp, 7, "third")).isNotSameAs(load);
  }

  @Test
  void aCompletedLoadMakesWayForAnother() {
    Load load = loads.join(KEY, stamp, 5, "first");
    assertThat(load.completion()).isNotDone();
    load.complete(null);
    assertThat(load.completion()).isCompletedWithValue(null);
    Load next = loads.join(KEY, stamp, 6, "second");
    assertThat(next).isNotSameAs(load);
    load.complete(null);
    assertThat(loads.join(KEY, stamp, 7, "third")).as("ended twice").isSameAs(next);
  }

  @Test
  void othersAreToldOfTheConnectionAndTheAge() {
    Load load = loads.join(KEY, stamp, 5, "first");
    assertThat(load.hasConnection()).isFalse();
    load.connected();
    load.readsFrom(3);
    assertThat(load.hasConnection()).isTrue();
    assertThat(load.readAtNanos()).isEqualTo(3);
  }
}
