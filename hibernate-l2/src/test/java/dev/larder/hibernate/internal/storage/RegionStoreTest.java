package dev.larder.hibernate.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.invalidation.ledger.Footprint;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.OpenCommit;
import dev.larder.invalidation.ledger.TrackedFootprint;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is put, served and forgotten, told by positions of a ledger. */
final class RegionStoreTest {

  private static final TableName BOOK = new TableName("public", "book");

  private final Ledger ledger = Ledger.unshared(new DatabaseIdentity("test", "store"));
  private final TrackedFootprint footprint = ledger.track(Footprint.of(Set.of(BOOK), Set.of()));
  private long maxAgeNanos = Long.MAX_VALUE;
  private final RegionStore store =
      new RegionStore(100, OptionalLong.empty(), ledger::tick, any -> maxAgeNanos);

  private boolean load(String value, long position) {
    return store.putLoaded("key", value, footprint, position, System.nanoTime());
  }

  private @Nullable Object find() {
    return store.find("key", ledger.tick());
  }

  @Test
  void whatWasLoadedIsServedUntilItsTableChanges() {
    assertThat(load("loaded", ledger.tick())).isTrue();
    assertThat(find()).isEqualTo("loaded");
    ledger.changed(ChangeSet.ofTables(Set.of(BOOK)), Origin.HOOK);
    assertThat(find()).isNull();
  }

  @Test
  void nothingIsPutWhileItsTableIsBeingWritten() {
    OpenCommit commit = ledger.begin(ChangeSet.ofTables(Set.of(BOOK)));
    assertThat(load("old", ledger.tick())).isFalse();
    commit.end();
    assertThat(load("new", ledger.tick())).isTrue();
  }

  @Test
  void aLoadThatBeganBeforeAWriteToItsKeyIsNotPut() {
    long before = ledger.tick();
    ItemLock lock = store.lock("key");
    assertThat(load("under the lock", ledger.tick())).isFalse();
    lock.release();
    assertThat(load("from before", before)).isFalse();
    assertThat(load("from after", ledger.tick())).isTrue();
  }

  @Test
  void aLockForgetsWhatWasThere() {
    load("loaded", ledger.tick());
    store.lock("key");
    assertThat(store.contains("key")).isFalse();
  }

  @Test
  void whatWasWrittenReplacesTheLock() {
    long position = ledger.tick();
    ItemLock lock = store.lock("key");
    assertThat(store.putWritten(lock, "written", footprint, position)).isTrue();
    assertThat(find()).isEqualTo("written");
  }

  @Test
  void aReaderThatBeganBeforeTheWriteIsNotServedIt() {
    long position = ledger.tick();
    ItemLock lock = store.lock("key");
    store.putWritten(lock, "written", footprint, position);
    assertThat(store.find("key", position)).isNull();
    assertThat(find()).isEqualTo("written");
  }

  @Test
  void ofTwoWritersNeitherPuts() {
    long position = ledger.tick();
    ItemLock first = store.lock("key");
    ItemLock second = store.lock("key");
    assertThat(store.putWritten(first, "first", footprint, position)).isFalse();
    assertThat(store.putWritten(second, "second", footprint, position)).isFalse();
    assertThat(find()).isNull();
  }

  @Test
  void aLockIsReleasedOnce() {
    ItemLock first = store.lock("key");
    ItemLock second = store.lock("key");
    first.release();
    first.release();
    assertThat(load("under the second lock", ledger.tick())).isFalse();
    second.release();
    assertThat(load("loaded", ledger.tick())).isTrue();
  }

  @Test
  void nothingIsPutWhileTheRegionIsClosed() {
    long before = ledger.tick();
    store.closeRegion();
    assertThat(load("old", ledger.tick())).isFalse();
    store.openRegion();
    assertThat(load("from before", before)).isFalse();
    assertThat(load("new", ledger.tick())).isTrue();
  }

  @Test
  void anEntryIsServedUpToItsAge() {
    load("loaded", ledger.tick());
    assertThat(find()).isEqualTo("loaded");
    maxAgeNanos = -1;
    assertThat(find()).isNull();
  }

  @Test
  void anAnswerFromBeforeTheRegionWasClearedIsNotPut() {
    long before = ledger.tick();
    store.clear();
    store.putAnswer("key", "old", null, before, System.nanoTime());
    assertThat(find()).isNull();
    store.putAnswer("key", "new", null, ledger.tick(), System.nanoTime());
    assertThat(find()).isEqualTo("new");
  }

  @Test
  void onlyAStoreWithABoundInBytesWeighs() {
    assertThat(store.bytes()).isEqualTo(-1);
    RegionStore weighed =
        new RegionStore(100, OptionalLong.of(1 << 20), ledger::tick, any -> Long.MAX_VALUE);
    assertThat(weighed.bytes()).isZero();
  }
}
